#if SwiftMetrics
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    /// What users of swift-metrics and of its backends ask for, as far as no other suite shows it.
    @Suite("Wishes of swift-metrics' users")
    struct UserWishTests {
        private let registry = MetricsRegistry()
        private var factory: RegistryMetricsFactory { RegistryMetricsFactory(registry: registry) }

        private var openMetrics: String {
            String(decoding: ExpositionFormat.openMetrics.encode(registry.collect()), as: UTF8.self)
        }

        /// One handler of each kind, without dimensions and with two sets of them.
        private func recordEverything(_ factory: RegistryMetricsFactory) {
            for dimensions in [[], [("a", "1")], [("b", "2"), ("a", "1")]] {
                Counter(label: "counter", dimensions: dimensions, factory: factory).increment()
                FloatingPointCounter(label: "floating", dimensions: dimensions, factory: factory).increment(by: 1)
                Meter(label: "meter", dimensions: dimensions, factory: factory).set(1)
                Gauge(label: "gauge", dimensions: dimensions, factory: factory).record(1)
                Recorder(label: "histogram", dimensions: dimensions, factory: factory).record(1)
                Recorder(label: "summary", dimensions: dimensions, factory: factory).record(1)
                Timer(label: "timer", dimensions: dimensions, factory: factory).recordSeconds(1)
            }
        }

        @Test("HELP and TYPE stand once for each family, whatever its series, and OpenMetrics has the unit of timers")
        func metadata() throws {
            recordEverything(factory)
            let lines = openMetrics.split(separator: "\n")
            for (name, type) in [
                ("counter", "counter"), ("floating", "counter"), ("meter", "gauge"), ("gauge", "gauge"),
                ("histogram", "histogram"), ("summary", "histogram"), ("timer_seconds", "histogram"),
            ] {
                #expect(lines.count { $0.hasPrefix("# HELP \(name) ") && $0.count > "# HELP \(name) ".count } == 1)
                #expect(lines.filter { $0.hasPrefix("# TYPE \(name) ") } == ["# TYPE \(name) \(type)"])
            }
            #expect(lines.filter { $0.hasPrefix("# UNIT") } == ["# UNIT timer_seconds seconds"])
            #expect(lines.last == "# EOF")
        }

        @Test("timers are in seconds, whatever unit a library prefers")
        func seconds() {
            for (number, unit) in [TimeUnit.nanoseconds, .milliseconds, .seconds, .hours].enumerated() {
                let timer = Timer(
                    label: "t",
                    dimensions: [("n", "\(number)")],
                    preferredDisplayUnit: unit,
                    factory: factory
                )
                timer.recordMilliseconds(20)
                #expect(registry.collect().value("t_seconds_sum{n=\"\(number)\"}") == 0.02)
                #expect(registry.collect().value("t_seconds_bucket{le=\"0.025\",n=\"\(number)\"}") == 1)
                #expect(registry.collect().value("t_seconds_bucket{le=\"0.01\",n=\"\(number)\"}") == 0)
            }
        }

        @Test("labels are the same for every kind of metric: as given, in one order, and none where there are none")
        func labels() throws {
            let options = ["summary": MetricOptions(isSummary: true)]
            recordEverything(
                try RegistryMetricsFactory(
                    configuration: MetricsBackendConfiguration(metrics: options),
                    registry: registry
                )
            )
            let snapshot = registry.collect()
            for name in [
                "counter_total", "floating_total", "meter", "gauge", "histogram_count", "summary_count",
                "timer_seconds_count",
            ] {
                for labels in ["", #"{a="1"}"#, #"{a="1",b="2"}"#] {
                    #expect(snapshot.value(name + labels) == 1, "\(name)\(labels)")
                }
            }
        }
    }
#endif
