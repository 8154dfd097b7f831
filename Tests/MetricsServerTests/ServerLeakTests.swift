#if Server && os(Linux)
    import Foundation
    import MetricsRuntime
    import MetricsServer
    import Testing

    /// Servers that come and go: what they leave in their process.
    @Suite("Nothing is left behind")
    struct ServerLeakTests {
        /// In a process of its own, where nobody else opens descriptors or starts threads.
        @Test("Cancelled tasks leave no descriptors and no threads", .timeLimit(.minutes(3)))
        func cancelledTasks() async {
            await #expect(processExitsWith: .success) {
                // The event loops, and whatever else is made once.
                try await Self.serveOnce()
                let before = Self.held()
                for _ in 0..<25 { try await Self.serveOnce() }
                // Threads end a moment after they were told to. A server that leaves something leaves 25 of it; one or two
                // are timers and threads that others made when they first needed them.
                let limit = ContinuousClock.now + .seconds(60)
                while Self.held().descriptors > before.descriptors + 5 || Self.held().threads > before.threads + 5 {
                    if ContinuousClock.now > limit {
                        print("before: \(before), after: \(Self.held())")
                        exit(1)
                    }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }

        /// Runs a server with a client that scrapes, one that waits and one that is in the middle of its request, and
        /// cancels its task.
        private static func serveOnce() async throws {
            let (addresses, continuation) = AsyncStream.makeStream(of: MetricsServerAddress.self)
            let server = MetricsHTTPServer(
                configuration: MetricsServerConfiguration(host: "127.0.0.1", port: 0),
                handler: MetricsHandler(logger: .silent) { .gauge(series: 10) },
                logger: .silent
            ) {
                continuation.yield($0)
            }
            let task = Task { try await server.run() }
            guard let address = await addresses.first(where: { _ in true }) else { throw CancellationError() }
            let clients = try (0..<3).map { _ in try HTTPClient(address) }
            try await clients[0].send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
            guard try await clients[0].response().status == 200 else { throw CancellationError() }
            try await clients[1].send("GET /metr")
            task.cancel()
            try await task.value
            withExtendedLifetime(clients) {}
        }

        private static func held() -> (descriptors: Int, threads: Int) {
            func count(_ folder: String) -> Int {
                ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(folder)")) ?? []).count
            }
            return (count("fd"), count("task"))
        }
    }
#endif
