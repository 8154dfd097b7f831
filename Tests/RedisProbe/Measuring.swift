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

    /// What one worker updates for each request: four gauges, a counter and a histogram.
    private struct Updates {
        private let count: CounterChild
        private let duration: HistogramChild
        private let gauges: [GaugeChild]

        init(_ registry: MetricsRegistry) {
            let label = [MetricDescriptor.Label(name: "worker_id")]
            func handle(_ name: String, _ type: MetricType, _ buckets: [Double] = []) -> _SeriesHandle {
                let descriptor = MetricDescriptor(
                    name: name,
                    documentation: name,
                    type: type,
                    labels: label,
                    buckets: buckets
                )
                return registry.family(for: descriptor)._child1(0, "worker_1")
            }
            count = CounterChild(handle("probe_requests_total", .counter))
            duration = HistogramChild(
                handle("probe_request_duration_seconds", .histogram, [0.1, 0.5, 1, 2.5, 5, 10, 30, 60])
            )
            gauges = ["memory_bytes", "cpu_percent", "uptime_seconds", "state"].map {
                GaugeChild(handle("probe_\($0)", .gauge))
            }
        }

        /// The microseconds of this thread's processor time for one request.
        func run(_ requests: Int) -> Double {
            let start = Self.processorTime()
            for request in 0..<requests {
                for gauge in gauges { gauge.set(Double(request)) }
                count.inc()
                duration.observe(0.2)
            }
            return (Self.processorTime() - start) / Double(requests)
        }

        private static func processorTime() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
        }
    }

    /// What things cost, printed for people to read.
    struct Measuring {
        let settings: RedisSettings
        private let clock = ContinuousClock()

        /// Fills Redis with so many instances of so many series, and prints how long scrapes take.
        func scrape(instances: Int, series: Int) async throws {
            var configuration = RedisPublisherConfiguration()
            configuration.commandTimeout = .seconds(60)
            let family = MetricDescriptor(
                name: "probe_requests_total",
                documentation: "Requests by path",
                type: .counter,
                labels: [MetricDescriptor.Label(name: "path")],
                maxSeries: .max
            )
            for instance in 0..<instances {
                let registry = MetricsRegistry(storage: .memory)
                let handle = registry.family(for: family)
                for path in 0..<series {
                    CounterChild(handle._child1(0, "/path/\(path)")).inc(by: Double(path + instance))
                }
                try await RedisPublisher(registry: registry, settings: settings, configuration: configuration).publish()
            }
            let collector = RedisCollector(settings: settings)
            for round in 1...6 {
                let start = clock.now
                let snapshot = try await collector.collect()
                let end = clock.now
                let samples = snapshot.families.reduce(0) { $0 + $1.values.count }
                RedisProbe.say(
                    "scrape \(round): \(milliseconds(end - start)) ms, \(instances) instances, \(samples) samples\n"
                )
            }
        }

        /// Updates what a gunicorn worker updates for a request, so many times, while a publisher runs against each of these
        /// Redis, and without any; prints the processor time of the updates. In turns, so that all meet the same machine.
        static func cost(requests: Int, _ others: [(name: String, settings: RedisSettings)]) async throws {
            let turns = 9
            var spent: [String: [Double]] = [:]
            let names = ["without a publisher"] + others.map(\.name)
            for _ in 0..<turns {
                spent[names[0], default: []].append(Updates(MetricsRegistry(storage: .memory)).run(requests))
                for (name, settings) in others {
                    let registry = MetricsRegistry(storage: .memory)
                    let updates = Updates(registry)
                    var configuration = RedisPublisherConfiguration()
                    // Far more often than by default, for it to be seen if it cost anything.
                    configuration.interval = .milliseconds(20)
                    configuration.longestPause = .milliseconds(20)
                    configuration.shutdownTimeout = .milliseconds(100)
                    let publisher = RedisPublisher(registry: registry, settings: settings, configuration: configuration)
                    let running = Task { try await publisher.run() }
                    spent[name, default: []].append(updates.run(requests))
                    running.cancel()
                    try await running.value
                }
            }
            for name in names {
                let sorted = (spent[name] ?? []).sorted()
                let median = (sorted[turns / 2] * 10_000).rounded() / 10_000
                RedisProbe.say("updates of a request, \(name): \(median) microseconds\n")
            }
        }

        private func milliseconds(_ duration: Duration) -> Double {
            Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
        }
    }
#endif
