#if Server
    public import Logging
    import MetricsRuntime
    public import NIOCore
    import NIOHTTP1
    public import NIOPosix
    public import ServiceLifecycle

    /// Serves a ``MetricsHandler`` over HTTP/1.1 until it is told to end.
    ///
    /// Run it in a `ServiceGroup`, or in a task of your own and cancel that:
    ///
    /// ```swift
    /// let server = MetricsHTTPServer(
    ///     configuration: try MetricsServerConfiguration(environment: MetricsEnvironment(requiring: .server)),
    ///     handler: MetricsHandler { MetricsRegistry.shared.collect() }
    /// )
    /// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm], logger: logger).run()
    /// ```
    ///
    /// Metrics are collected and written on threads of the server's own: neither an event loop nor the app's tasks wait
    /// for them. On shutdown the port is closed at once, idle connections with it, and scrapes that run are finished
    /// within ``MetricsServerConfiguration/shutdownGracePeriod``.
    public struct MetricsHTTPServer: Service, CustomStringConvertible {
        /// Where to listen.
        public let configuration: MetricsServerConfiguration

        /// What a service group logs of it at level debug.
        public var description: String { "MetricsHTTPServer(\(configuration.host), port \(configuration.port))" }

        private let handler: MetricsHandler
        private let logger: Logger
        private let eventLoopGroup: any EventLoopGroup
        private let onListening: @Sendable (MetricsServerAddress) async -> Void

        /// Creates a server; it does nothing before ``run()``.
        ///
        /// - Parameters:
        ///   - configuration: Where to listen.
        ///   - handler: What to answer.
        ///   - logger: Told when the server begins and ends, and of broken connections at level debug.
        ///   - eventLoopGroup: The event loops of the sockets.
        ///   - onListening: Called once when the port is open, with the address; no request is lost meanwhile.
        public init(
            configuration: MetricsServerConfiguration,
            handler: MetricsHandler,
            logger: Logger = Logger(label: "MetricsServer"),
            eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
            onListening: @escaping @Sendable (MetricsServerAddress) async -> Void = { _ in }
        ) {
            self.configuration = configuration
            self.handler = handler
            self.logger = logger
            self.eventLoopGroup = eventLoopGroup
            self.onListening = onListening
        }

        /// Listens and serves until the task is cancelled or its service group shuts down gracefully.
        ///
        /// - Throws: ``MetricsServerError`` where it cannot listen, ``WebConfigurationError`` where the file that says who
        ///   may ask cannot be used.
        public func run() async throws {
            let access = try configuration.webConfigurationPath.map { path in
                try AccessControl(
                    path: path,
                    isLocal: EndpointReach.isLocal(configuration.host),
                    logger: logger
                )
            }
            let executor = ScrapeExecutor(concurrentScrapes: handler.concurrentScrapes)
            defer { executor.shutDown() }
            let connections = OpenConnections(limit: configuration.limits.connections)
            let responder = ConnectionResponder(handler: handler, executor: executor, access: access, logger: logger)
            let limits = configuration.limits
            let listener = try await Listener.bind(configuration, on: eventLoopGroup, logger: logger) {
                [handler, logger] channel in
                switch connections.add(channel) {
                case .taken: break
                case .full:
                    handler.metrics.refused(.connections)
                    return channel.close()
                case .ending:
                    return channel.close()
                }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = access?.makeTLSHandler() { try pipeline.addHandler(tls) }
                    try pipeline.configureMetricsConnection(
                        ConnectionHandler(
                            responder: responder,
                            limits: limits,
                            logger: logger,
                            eventLoop: channel.eventLoop
                        )
                    )
                }
            }
            let address = listener.localMetricsAddress(configuration)
            let scheme = access?.usesTLS == true ? "https" : "http"
            logger.info(
                "serving metrics",
                metadata: [
                    "address": "\(address.host)", "port": "\(address.port)", "url": "\(scheme)://\(address)/metrics",
                ]
            )
            await withTaskCancellationOrGracefulShutdownHandler {
                await onListening(address)
                // A listener's close future never fails: it ends when the handler below closes it.
                try? await listener.closeFuture.get()
            } onCancelOrGracefulShutdown: {
                listener.close(promise: nil)
            }
            await connections.drain(within: configuration.shutdownGracePeriod, on: listener.eventLoop)
            logger.info("stopped serving metrics", metadata: ["address": "\(address.host)", "port": "\(address.port)"])
        }
    }
#endif
