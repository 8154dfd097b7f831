#if Redis
    import MetricsRedis
    import MetricsRuntime

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// An instance to kill, or on another host.
    ///
    /// Counts, publishes, says `ready PID INSTANCE`, and takes leave when standard input ends.
    struct Counting {
        let settings: RedisSettings
        let count: Int

        func run() async throws {
            let registry = MetricsRegistry(storage: .memory)
            let counter = MetricDescriptor(name: "probe_total", documentation: "Counted", type: .counter)
            let gauge = MetricDescriptor(
                name: "probe_alive",
                documentation: "1 while alive",
                type: .gauge,
                multiprocessMode: .liveall
            )
            CounterChild(registry.family(for: counter)._child0(0)).inc(by: Double(count))
            GaugeChild(registry.family(for: gauge)._child0(0)).set(1)
            var configuration = RedisPublisherConfiguration()
            configuration.interval = .milliseconds(50)
            let publisher = RedisPublisher(registry: registry, settings: settings, configuration: configuration)
            try await publisher.publish()
            RedisProbe.say("ready \(getpid()) \(publisher.instance)\n")
            let running = Task { try await publisher.run() }
            await Task.detached { while let line = readLine() { _ = line } }.value
            running.cancel()
            try await running.value
            RedisProbe.say("left\n")
        }
    }
#endif
