#if Server
    import Foundation
    import Logging
    import MetricsServer
    import ServiceLifecycle

    /// A server on a port of the system's choice, as long as a test's body runs.
    struct RunningServer {
        let address: MetricsServerAddress
        private let group: ServiceGroup

        /// Starts a server, calls the body, and ends the server.
        static func with<Result: Sendable>(
            _ handler: MetricsHandler,
            configure: (inout MetricsServerConfiguration) -> Void = { _ in },
            _ body: @escaping @Sendable (RunningServer) async throws -> Result
        ) async throws -> Result {
            var configuration = MetricsServerConfiguration(host: "127.0.0.1", port: 0)
            configure(&configuration)
            let (addresses, continuation) = AsyncThrowingStream.makeStream(of: MetricsServerAddress.self)
            let server = MetricsHTTPServer(configuration: configuration, handler: handler, logger: .silent) {
                continuation.yield($0)
            }
            let group = ServiceGroup(
                services: [server],
                gracefulShutdownSignals: [],
                cancellationSignals: [],
                logger: .silent
            )
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    do {
                        try await group.run()
                        continuation.finish()
                    } catch {
                        continuation.finish(throwing: error)
                        throw error
                    }
                }
                guard let address = try await addresses.first(where: { _ in true }) else { throw CancellationError() }
                let result = try await body(RunningServer(address: address, group: group))
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return result
            }
        }

        func shutDownGracefully() async {
            await group.triggerGracefulShutdown()
        }

        func client(receiveBuffer: CInt? = nil) throws -> HTTPClient {
            try HTTPClient(address, receiveBuffer: receiveBuffer)
        }

        /// One request on a connection of its own.
        func get(_ target: String) async throws -> MetricsResponse {
            let client = try client()
            try await client.send("GET \(target) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
            return try await client.response()
        }
    }
#endif
