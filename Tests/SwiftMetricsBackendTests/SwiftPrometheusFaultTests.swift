#if SwiftMetrics
    import ProcessTesting
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    /// What breaks or ends a process with swift-prometheus, by the words under which its users know it.
    @Suite("Faults of swift-prometheus that are not ours", .blocking)
    struct SwiftPrometheusFaultTests {
        private let registry = MetricsRegistry()
        private var factory: RegistryMetricsFactory { RegistryMetricsFactory(registry: registry) }

        /// Has Prometheus' own parser read the scrape, where the machine has it.
        private func expectValid(at location: SourceLocation = #_sourceLocation) throws {
            guard Promtool.path != nil else { return }
            let (status, text) = try Promtool.check(ExpositionFormat.text.encode(registry.collect()))
            #expect(status != 1, "\(text)", sourceLocation: location)
        }

        @Test("escape: any label value leaves the scrape valid, and so does any label")
        func escape() throws {
            let value = "a\"b\\c\nd{}=,é\u{0}"
            Counter(label: "a\"b\\c\nd", dimensions: [("k\n\"", value)], factory: factory).increment()
            #expect(registry.samples == [#"a_b_c_d_total{k__="a\"b\\c\nd{}=,é"# + "\u{0}\"} 1"])
            let help = try #require(registry.scrape.split(separator: "\n").first { $0.hasPrefix("# HELP") })
            #expect(help.contains(#"a"b\\c\nd"#))
            try expectValid()
        }

        @Test("special: +Inf, -Inf and NaN are spelled as Prometheus reads them")
        func special() throws {
            for (name, value) in [("plus", Double.infinity), ("minus", -.infinity), ("nan", .nan)] {
                Meter(label: name, factory: factory).set(value)
            }
            #expect(registry.samples == ["minus -Inf", "nan NaN", "plus +Inf"])
            try expectValid()
        }

        @Test("special: a counter never wraps to a negative number")
        func wrap() throws {
            let counter = Counter(label: "c", factory: factory)
            counter.increment(by: Int64.max)
            counter.increment(by: 1)
            counter.increment(by: Int64.max)
            #expect(try #require(registry.collect().value("c_total")) >= 0x1p64)
        }

        @Test("dup: a label that is given twice is exposed once; the last value holds")
        func dup() throws {
            Counter(label: "c", dimensions: [("a", "1"), ("a", "2")], factory: factory).increment()
            Counter(label: "c", dimensions: [("a", "2")], factory: factory).increment()
            #expect(registry.samples == [#"c_total{a="2"} 2"#])
            try expectValid()
        }

        @Test("order: the same labels in another order are the same series")
        func order() throws {
            Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
            Counter(label: "c", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
            #expect(registry.samples == [#"c_total{a="1",b="2"} 2"#])
        }

        @Test("mixed: labels that differ from call to call, and none, stand side by side")
        func mixed() throws {
            Counter(label: "c", factory: factory).increment()
            Counter(label: "c", dimensions: [("a", "1")], factory: factory).increment(by: 2)
            Counter(label: "c", dimensions: [("b", "1")], factory: factory).increment(by: 3)
            Timer(label: "t", factory: factory).recordSeconds(1)
            Timer(label: "t", dimensions: [("a", "1")], factory: factory).recordSeconds(1)
            #expect(registry.samples.prefix(3) == ["c_total 1", #"c_total{a="1"} 2"#, #"c_total{b="1"} 3"#])
            #expect(registry.scrape.split(separator: "\n").count { $0 == "# TYPE c_total counter" } == 1)
            #expect(registry.collect().value(#"t_seconds_count{a="1"}"#) == 1)
            try expectValid()
        }

        @Test("type: one label used with several types is several metrics")
        func type() throws {
            Counter(label: "x", factory: factory).increment()
            Meter(label: "x", factory: factory).set(2)
            Recorder(label: "x", factory: factory).record(3)
            Timer(label: "x", factory: factory).recordSeconds(4)
            let snapshot = registry.collect()
            #expect(snapshot.value("x_total") == 1)
            #expect(snapshot.value("x_gauge") == 2)
            #expect(snapshot.value("x_recorder_sum") == 3)
            #expect(snapshot.value("x_seconds_sum") == 4)
            try expectValid()
        }

        @Test("negcounter: a negative amount is ignored and counted")
        func negcounter() {
            let counter = Counter(label: "c", factory: factory)
            counter.increment(by: 5)
            counter.increment(by: -1)
            counter.increment(by: Int64.min)
            FloatingPointCounter(label: "c", factory: factory).increment(by: -0.5)
            #expect(registry.collect().value("c_total") == 5)
            #expect(registry.refusals(of: "c_total") == 3)
        }

        @Test("neg: a negative duration counts as 0, and the scrape after it succeeds")
        func neg() throws {
            let timer = Timer(label: "t", factory: factory)
            timer.recordNanoseconds(-1)
            timer.recordNanoseconds(Int64.min)
            timer.recordSeconds(-5)
            #expect(registry.collect().value("t_seconds_sum") == 0)
            #expect(registry.collect().value(#"t_seconds_bucket{le="0.005"}"#) == 3)
            try expectValid()
        }

        @Test("hist: bounds that are unsorted, there twice or no numbers are refused with the bound at fault")
        func hist() throws {
            for (buckets, reason) in [
                ([5, 1, 1, .infinity], "1.0 comes after 5.0"), ([1, 1], "1.0 comes after 1.0"),
                ([1, .nan], "nan is no bound"), ([], "there is no finite bound"),
                ([.infinity], "there is no finite bound"),
                ([.infinity, 1], "inf is no bound"),
            ] as [([Double], String)] {
                let error = #expect(throws: MetricsBackendConfigurationError.self) {
                    let metrics = ["t": MetricOptions(buckets: buckets)]
                    _ = try RegistryMetricsFactory(configuration: MetricsBackendConfiguration(metrics: metrics))
                }
                #expect(error?.problems.map(\.key) == [#"metrics["t"].buckets"#])
                #expect(error?.problems.first?.reason == reason)
            }
            let options = ["t": MetricOptions(buckets: [1, 5, .infinity])]
            let factory = try RegistryMetricsFactory(
                configuration: MetricsBackendConfiguration(metrics: options),
                registry: registry
            )
            Timer(label: "t", factory: factory).recordSeconds(7)
            let bounds = registry.samples.filter { $0.contains("le=") }
            #expect(
                bounds == [
                    #"t_seconds_bucket{le="1.0"} 0"#, #"t_seconds_bucket{le="5.0"} 0"#,
                    #"t_seconds_bucket{le="+Inf"} 1"#,
                ]
            )
        }

        @Test("hist: NaN and infinity do not spoil a sum")
        func histogramNaN() {
            let recorder = Recorder(label: "r", factory: factory)
            for value in [1, .nan, .infinity, -.infinity, 2] as [Double] { recorder.record(value) }
            #expect(registry.collect().value("r_sum") == 3)
            #expect(registry.collect().value("r_count") == 2)
            #expect(registry.refusals(of: "r") == 3)
        }

        @Test("name: names that would become the same stay apart")
        func name() throws {
            Counter(label: "a.b", factory: factory).increment()
            Counter(label: "a-b", factory: factory).increment(by: 2)
            Counter(label: "a_b", factory: factory).increment(by: 4)
            Counter(label: "a_b_total", factory: factory).increment(by: 8)
            let values = registry.samples.filter { $0.hasPrefix("a_b") }
            #expect(values.count == 4)
            #expect(Set(values.compactMap { $0.split(separator: " ").last }) == ["1", "2", "4", "8"])
            #expect(registry.collect().value("a_b_total") == 1)
            try expectValid()
        }

        @Test("name: a digit in front gets an underscore and loses nothing")
        func digit() {
            Counter(label: "1abc", dimensions: [("2xx", "y")], factory: factory).increment()
            #expect(registry.samples == [#"_1abc_total{_2xx="y"} 1"#])
        }

        @Test("name: labels that mean something to Prometheus are renamed")
        func reservedLabels() throws {
            let dimensions = [("le", "1"), ("quantile", "2"), ("__name__", "3"), ("__x", "4"), ("pid", "5")]
            Counter(label: "c", dimensions: dimensions, factory: factory).increment()
            Meter(label: "m", dimensions: dimensions, factory: factory).set(1)
            Recorder(label: "r", dimensions: dimensions, factory: factory).record(1)
            #expect(
                registry.samples.contains(
                    #"c_total{exported_le="1",exported_name__="3",exported_quantile="2",exported_x="4",pid="5"} 1"#
                )
            )
            #expect(registry.samples.contains { $0.hasPrefix("m{") && $0.contains(#"exported_pid="5""#) })
            #expect(registry.samples.contains { $0.hasPrefix("r_bucket{") && $0.contains(#"exported_le="1""#) })
            try expectValid()
        }

        @Test("seriesorder: families and series are in the same order in every registry and process")
        func seriesorder() {
            func record(_ labels: [String], _ values: [String]) -> [String] {
                let registry = MetricsRegistry()
                for label in labels {
                    for value in values {
                        Counter(
                            label: label,
                            dimensions: [("v", value)],
                            factory: RegistryMetricsFactory(registry: registry)
                        )
                        .increment()
                    }
                }
                return registry.samples
            }
            let values = (0..<20).map { "v\($0)" }
            let samples = record(["b", "a", "c"], values)
            #expect(samples == record(["c", "b", "a"], values))
            #expect(samples == ["a", "b", "c"].flatMap { name in values.map { "\(name)_total{v=\"\($0)\"} 1" } })
        }

        @Test("API: recording a literal is not ambiguous")
        func api() {
            // Compiling is the test.
            Recorder(label: "r", factory: factory).record(2)
            let histogram = HistogramChild(registry.family(for: Self.histogram)._child0(0))
            histogram.observe(2)
            #expect(registry.collect().value("r_sum") == 2)
            #expect(registry.collect().value("h_sum") == 2)
        }

        private static let histogram = MetricDescriptor(
            name: "h",
            documentation: "A histogram",
            type: .histogram,
            buckets: [1]
        )
    }
#endif
