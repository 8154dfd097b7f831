#if Server
    import Logging
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import WorkerMetrics

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A worker at work: accepts connections from the shared socket until it is told to finish.
    ///
    /// Belongs to one event loop.
    final class WorkerServer {
        /// What a worker is told by its master.
        struct Settings: Sendable {
            /// The name of the worker's place.
            var workerID: String
            /// The listening socket that all workers share.
            var socket: Int32
            /// The link to the master.
            var link: Int32
            /// The time between two signs of life.
            var heartbeat: Duration
            /// How long requests that have begun may go on after the worker was told to finish.
            var drainTimeout: Duration
        }

        /// A connection on which nothing is asked for that long is closed.
        static let idleTimeout = TimeAmount.seconds(60)
        /// Once a worker finishes, a client has that long to send one more request on a connection that it holds open,
        /// and to learn from its answer that it has to open another.
        ///
        /// Closing at once would meet requests on their way.
        static let keepAliveGrace = Duration.seconds(5)

        private let settings: Settings
        private let loop: any EventLoop
        private let finished: EventLoopPromise<Void>
        private let logger: Logger
        private let tracker = ConnectionTracker()
        private let metrics: RequestMetrics
        private var state: WorkerStateRecorder
        private let acceptor: Acceptor
        private var isDraining = false

        /// Creates a worker; nothing is accepted before ``start()``.
        ///
        /// - Parameters:
        ///   - settings: What the master told.
        ///   - loop: The loop that everything happens on.
        ///   - finished: Succeeds when the worker has finished.
        ///   - logger: The worker's log.
        init(
            settings: Settings,
            loop: any EventLoop,
            finished: EventLoopPromise<Void>,
            logger: Logger
        ) throws(SystemCallError) {
            self.acceptor = try Acceptor(takingOver: settings.socket)
            self.settings = settings
            self.loop = loop
            self.finished = finished
            self.logger = logger
            self.metrics = RequestMetrics(workerID: settings.workerID, logger: logger)
            self.state = WorkerStateRecorder(workerID: settings.workerID)
        }

        /// Begins to accept connections, and tells the master.
        func start() -> EventLoopFuture<Void> {
            state.enter(.starting)
            do {
                try accept()
            } catch {
                return loop.makeFailedFuture(error)
            }
            return connectToMaster().map { _ in }
        }

        /// Finishes: accepts nothing more, answers what has begun, then fulfils the promise that was given.
        func drain(reason: String) {
            guard !isDraining else { return }
            isDraining = true
            logger.info("finishing", metadata: ["reason": "\(reason)"])
            state.enter(.quitting)
            acceptor.stop()
        }

        private func accept() throws(SystemCallError) {
            let tracker = NIOLoopBound(self.tracker, eventLoop: loop)
            let metrics = self.metrics
            let bootstrap = ClientBootstrap(group: loop)
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        tracker.value.add(channel)
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(withErrorHandling: false)
                        try pipeline.addHandler(IdleStateHandler(readTimeout: Self.idleTimeout))
                        try pipeline.addHandler(RequestHandler(metrics: metrics, tracker: tracker.value))
                    }
                }
            let stopped = loop.makePromise(of: Void.self)
            stopped.futureResult.assumeIsolated().whenComplete { _ in self.finishConnections() }
            let shared = NIOLoopBound(bootstrap, eventLoop: loop)
            let loop = self.loop
            try acceptor.start(stopped: stopped) { connection in
                loop.flatSubmit { shared.value.withConnectedSocket(connection).map { _ in } }
            }
        }

        private func finishConnections() {
            tracker.drain {
                self.state.end()
                self.finished.succeed()
            }
            let isolated = loop.assumeIsolated()
            isolated.scheduleTask(in: TimeAmount(min(Self.keepAliveGrace, settings.drainTimeout))) {
                self.tracker.closeIdle()
            }
            // The master kills a worker that is late, but it may have gone.
            isolated.scheduleTask(in: TimeAmount(settings.drainTimeout)) {
                self.tracker.closeAll()
            }
        }

        private func connectToMaster() -> EventLoopFuture<any Channel> {
            let link = MasterLink(heartbeat: settings.heartbeat) { self.drain(reason: "the master has gone") }
            let bound = NIOLoopBound(link, eventLoop: loop)
            let connected = ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(bound.value)
                    }
                }
                .withConnectedSocket(settings.link)
            connected.assumeIsolated().whenSuccess { (channel: any Channel) in
                if !self.isDraining { self.state.enter(.running) }
                link.start(on: channel)
            }
            return connected
        }
    }
#endif
