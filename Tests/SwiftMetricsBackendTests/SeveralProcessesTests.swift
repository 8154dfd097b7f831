#if SwiftMetrics
    import ProcessTesting
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    @Suite("Metrics of libraries in a directory", .blocking)
    struct SeveralProcessesTests {
        @Test("what several registries record is merged, whatever their labels")
        func merged() throws {
            try TemporaryFolder.with { folder in
                let registries = (0..<2).map { _ in MetricsRegistry(storage: .directory(folder)) }
                for registry in registries {
                    let factory = RegistryMetricsFactory(registry: registry)
                    Counter(label: "c", factory: factory).increment()
                    Counter(label: "c", dimensions: [("a", "1")], factory: factory).increment(by: 2)
                    Counter(label: "c", dimensions: [("b", "1")], factory: factory).increment(by: 3)
                    Timer(label: "t", dimensions: [("a", "1")], factory: factory).recordSeconds(1)
                    Meter(label: "m", factory: factory).increment(by: 4.0)
                }
                let snapshot = registries[0].collect()
                #expect(snapshot.value("c_total") == 2)
                #expect(snapshot.value(#"c_total{a="1"}"#) == 4)
                #expect(snapshot.value(#"c_total{b="1"}"#) == 6)
                #expect(snapshot.value(#"t_seconds_count{a="1"}"#) == 2)
                #expect(snapshot.value(#"m{pid="swift-0"}"#) == 4)
                #expect(snapshot.value(#"m{pid="swift-1"}"#) == 4)
                #expect(snapshot.families.filter { $0.name == "c" }.count == 1)
            }
        }

        @Test("the next process counts on, and its meters begin at 0")
        func adopted() throws {
            try TemporaryFolder.with { folder in
                for round in 1...3 {
                    let registry = MetricsRegistry(storage: .directory(folder))
                    let factory = RegistryMetricsFactory(registry: registry)
                    let counter = Counter(label: "c", dimensions: [("a", "1")], factory: factory)
                    counter.increment()
                    Meter(label: "m", factory: factory).increment()
                    #expect(registry.collect().value(#"c_total{a="1"}"#) == Double(round))
                    #expect(registry.collect().value(#"m{pid="swift-0"}"#) == 1)
                }
            }
        }

        @Test(
            "Python's collector reads the same",
            .enabled(if: PythonPeer.path != nil, "no Python with prometheus_client; see METRICS_PYTHON")
        )
        func python() throws {
            try TemporaryFolder.with { folder in
                let registry = MetricsRegistry(storage: .directory(folder))
                let factory = RegistryMetricsFactory(registry: registry)
                Counter(label: "c.x", factory: factory).increment()
                Counter(label: "c.x", dimensions: [("a", "1")], factory: factory).increment(by: 2)
                Counter(label: "c.x", dimensions: [("b", "ü\"")], factory: factory).increment(by: 3)
                Timer(label: "t", dimensions: [("a", "1")], factory: factory).recordMilliseconds(500)
                Meter(label: "m", factory: factory).set(4.5)
                let lines = Set(try PythonPeer.expose(folder).split(separator: "\n").map(String.init))
                for line in [
                    "# HELP c_x_total Recorded through swift-metrics as counter 'c.x'", "# TYPE c_x_total counter",
                    "c_x_total 1.0", #"c_x_total{a="1"} 2.0"#, #"c_x_total{b="ü\""} 3.0"#,
                    #"t_seconds_bucket{a="1",le="0.5"} 1.0"#, #"t_seconds_sum{a="1"} 0.5"#,
                ] {
                    #expect(lines.contains(line), "\(line)")
                }
                #expect(lines.contains { $0.hasPrefix("m{pid=") && $0.hasSuffix(" 4.5") })
            }
        }

        @Test("what was destroyed is gone from the directory")
        func destroyed() throws {
            try TemporaryFolder.with { folder in
                let registry = MetricsRegistry(storage: .directory(folder))
                let factory = RegistryMetricsFactory(registry: registry)
                let timer = Timer(label: "t", dimensions: [("a", "1")], factory: factory)
                timer.recordSeconds(1)
                timer.destroy()
                #expect(registry.collect().value(#"t_seconds_count{a="1"}"#) == nil)
                #expect(MultiprocessCollector(directory: folder).collect().value(#"t_seconds_count{a="1"}"#) == nil)
            }
        }
    }
#endif
