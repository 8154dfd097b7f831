#if SwiftMetrics
    import ProcessTesting
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    @Suite("Dimensions and bounds", .blocking)
    struct DimensionTests {
        private let registry = MetricsRegistry()

        private func makeFactory(_ configuration: MetricsBackendConfiguration) throws -> RegistryMetricsFactory {
            try RegistryMetricsFactory(configuration: configuration, registry: registry)
        }

        @Test("an empty value is no label, as Prometheus has it")
        func emptyValue() {
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "c", dimensions: [("a", ""), ("b", "1")], factory: factory).increment()
            Counter(label: "c", dimensions: [("b", "1")], factory: factory).increment()
            Counter(label: "c", dimensions: [("a", "")], factory: factory).increment()
            Counter(label: "c", factory: factory).increment()
            #expect(registry.samples.sorted() == ["c_total 2", #"c_total{b="1"} 2"#])
        }

        @Test("dimensions whose names become one keep both values, in the order of their names")
        func mergedNames() {
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "c", dimensions: [("a.b", "dot"), ("a-b", "dash")], factory: factory).increment()
            Counter(label: "c", dimensions: [("a-b", "dash"), ("a.b", "dot")], factory: factory).increment()
            #expect(registry.samples == [#"c_total{a_b="dash;dot"} 2"#])
        }

        @Test("series past the bound share one, and are counted")
        func maxSeries() throws {
            let factory = try makeFactory(MetricsBackendConfiguration(maxSeries: 3))
            for user in 0..<10 {
                Counter(label: "c", dimensions: [("user", "\(user)"), ("a", "1")], factory: factory).increment()
            }
            let samples = registry.samples.filter { $0.hasPrefix("c_total") }
            #expect(samples.count == 4)
            #expect(registry.collect().value(#"c_total{a="__overflow__",user="__overflow__"}"#) == 7)
            #expect(registry.folds(of: "c_total") == 7)
        }

        @Test("destroying one that shares the overflow series leaves it to the others")
        func destroyOverflow() throws {
            let factory = try makeFactory(MetricsBackendConfiguration(maxSeries: 1))
            let counters = (0..<3).map { Counter(label: "c", dimensions: [("u", "\($0)")], factory: factory) }
            for counter in counters { counter.increment() }
            counters[2].destroy()
            #expect(registry.collect().value(#"c_total{u="__overflow__"}"#) == 2)
            counters[0].destroy()
            #expect(registry.collect().value(#"c_total{u="0"}"#) == nil)
            #expect(registry.collect().value(#"c_total{u="__overflow__"}"#) == 2)
        }

        @Test("sets of names past the bound share one series, and are counted")
        func maxLabelSets() throws {
            let factory = try makeFactory(MetricsBackendConfiguration(maxLabelSets: 2))
            for round in 0..<3 {
                for name in ["a", "b", "c", "d"] {
                    Counter(label: "c", dimensions: [(name, "1")], factory: factory).increment(by: round)
                }
            }
            #expect(
                registry.samples.filter { $0.hasPrefix("c_total") } == [
                    #"c_total{a="1"} 3"#, #"c_total{b="1"} 3"#, #"c_total{dimensions_overflow="__overflow__"} 6"#,
                ]
            )
            #expect(registry.folds(of: "c_total") == 6)
        }

        @Test("names that come from data fill neither memory nor scrape")
        func unboundedNames() {
            let factory = RegistryMetricsFactory(registry: registry)
            for number in 0..<500 {
                Counter(label: "c", dimensions: [("n\(number)", "1")], factory: factory).increment()
            }
            #expect(registry.samples.filter { $0.hasPrefix("c_total") }.count == 17)
            #expect(registry.collect().value(#"c_total{dimensions_overflow="__overflow__"}"#) == 484)
        }

        @Test("a handler that was destroyed twice, or late, does not take away a newer series")
        func destroyTwice() {
            let factory = RegistryMetricsFactory(registry: registry)
            let first = Counter(label: "c", factory: factory)
            first.destroy()
            Counter(label: "c", factory: factory).increment(by: 4)
            first.destroy()
            first.increment()
            #expect(registry.samples == ["c_total 4"])
        }

        @Test("a name with no usable character still is one")
        func oddNames() throws {
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "", dimensions: [("", "1")], factory: factory).increment()
            Counter(label: "日本", factory: factory).increment()
            Counter(label: "_total", factory: factory).increment()
            #expect(registry.samples == ["___total 1", "_total_total 1", #"unnamed_total{unnamed="1"} 1"#])
            if Promtool.path != nil {
                let (status, text) = try Promtool.check(ExpositionFormat.text.encode(registry.collect()))
                #expect(status != 1, "\(text)")
            }
        }

        @Test("names are the same in every process, whatever else they record")
        func fallbackNames() {
            func name(_ labels: [String]) -> [String] {
                let registry = MetricsRegistry()
                for label in labels {
                    Counter(label: label, factory: RegistryMetricsFactory(registry: registry)).increment()
                }
                return registry.samples.map { String($0.prefix { $0 != " " }) }
            }
            #expect(name(["a.b", "a-b"]) == ["a_b_total", "a_b_fc1a966f_total"])
            #expect(name(["x", "a.b", "a-b", "y"]).contains("a_b_fc1a966f_total"))
        }
    }
#endif
