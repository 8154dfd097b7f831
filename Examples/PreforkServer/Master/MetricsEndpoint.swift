#if Server
    import Logging
    import MetricsRuntime
    import MetricsServer
    import NIOCore
    import NIOPosix
    import Synchronization

    /// The endpoint that serves the metrics of the master and all workers, merged.
    ///
    /// It runs in the master, beside the supervision.
    final class MetricsEndpoint: Sendable {
        /// Where Prometheus finds the metrics.
        let url: String
        private let running: Task<Void, any Error>
        private let ended: EventLoopFuture<Void>

        private init(url: String, running: Task<Void, any Error>, ended: EventLoopFuture<Void>) {
            self.url = url
            self.running = running
            self.ended = ended
        }

        /// Listens, and serves until ``stop()``.
        ///
        /// Blocks until the port is open.
        ///
        /// - Parameters:
        ///   - environment: Says where to listen.
        ///   - logger: The log of the endpoint.
        ///   - whenBroken: Called where the endpoint ends without having been told to.
        static func start(
            _ environment: MetricsEnvironment,
            logger: Logger,
            whenBroken: @escaping @Sendable () -> Void
        ) throws -> MetricsEndpoint {
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            let opened = Once(loop.makePromise(of: MetricsServerAddress.self))
            let ended = loop.makePromise(of: Void.self)
            let server = MetricsHTTPServer(
                configuration: try MetricsServerConfiguration(environment: environment),
                handler: MetricsHandler(title: "PreforkServer", logger: logger) { MetricsRegistry.shared.collect() },
                logger: logger
            ) { opened.complete(.success($0)) }

            let running = Task {
                let result: Result<Void, any Error>
                do { result = .success(try await server.run()) } catch { result = .failure(error) }
                if case .failure(let error) = result { opened.complete(.failure(error)) }
                ended.completeWith(result)
                if !Task.isCancelled { whenBroken() }
                try result.get()
            }
            do {
                let address = try opened.future.wait()
                return MetricsEndpoint(url: "http://\(address)/metrics", running: running, ended: ended.futureResult)
            } catch {
                // Nobody waits for the end of an endpoint that never began.
                running.cancel()
                throw error
            }
        }

        /// Ends the endpoint when the scrapes that run are answered.
        ///
        /// - Throws: Why it had ended before, where it had.
        func stop() throws {
            running.cancel()
            try ended.wait()
        }

        /// A promise that is kept the first time only.
        private final class Once<Value: Sendable>: Sendable {
            let future: EventLoopFuture<Value>
            private let promise: Mutex<EventLoopPromise<Value>?>

            init(_ promise: EventLoopPromise<Value>) {
                self.future = promise.futureResult
                self.promise = Mutex(promise)
            }

            func complete(_ result: Result<Value, any Error>) {
                let promise = promise.withLock { promise in
                    defer { promise = nil }
                    return promise
                }
                promise?.completeWith(result)
            }
        }
    }
#endif
