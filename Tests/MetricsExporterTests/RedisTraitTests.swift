#if Server && !Redis
    import Testing

    @Suite("Without the trait Redis")
    struct RedisTraitTests {
        @Test("--redis-url says how to build an exporter that can read a Redis")
        func refusal() async throws {
            let exporter = try ExporterProcess(
                ["serve", "--redis-url", "redis://:s3cret@127.0.0.1:6379"],
                environment: ["PROMETHEUS_METRICS_PORT": "0", "PROMETHEUS_BIND_ADDRESS": "127.0.0.1"]
            )
            let outcome = try await exporter.outcome()
            #expect(outcome.exitCode == 64)
            #expect(outcome.errors.contains("swift build -c release --product metrics-exporter --traits Redis,Server"))
            #expect(!outcome.errors.contains("s3cret"))
        }
    }
#endif
