#if Redis
    import Logging
    import MetricsRuntime
    import ServiceLifecycle
    import Testing

    @testable import MetricsRedis

    /// The publisher as a service among others.
    @Suite("As a service", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct ServiceTests {
        /// Counts until the group shuts down, and once more after that.
        private struct LastWords: Service {
            let counter: CounterChild

            func run() async throws {
                counter.inc(by: 5)
                try await gracefulShutdown()
                counter.inc(by: 2)
            }
        }

        @Test("the last values are sent at a graceful shutdown, also those that services before it count then")
        func flushes() async throws {
            let server = try await RedisServer()
            // Nothing is sent by the clock.
            let instance = Instance(server.settings) { $0.interval = .seconds(3600) }
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            // Services shut down in the opposite order.
            let group = ServiceGroup(
                services: [instance.publisher, LastWords(counter: instance.counter("requests_total", "a"))],
                logger: logger
            )
            let running = Task { try await group.run() }
            let keys = RedisKeys(prefix: "gunicorn")
            try await eventually("the publisher runs") {
                try await server.command("HLEN", keys.instances) == .integer(1) ? true : nil
            }
            try await eventually("the other service runs") {
                instance.counter("requests_total", "a").value == 5 ? true : nil
            }
            await group.triggerGracefulShutdown()
            try await running.value
            let collector = RedisCollector(settings: server.settings)
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 7)
            // It took leave.
            #expect(try await server.command("HLEN", keys.instances) == .integer(0))
        }
    }
#endif
