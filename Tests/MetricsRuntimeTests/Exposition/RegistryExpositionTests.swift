import MetricsRuntime
import Testing

/// What a registry in private memory exposes, scrape after scrape: texts are kept, numbers are not.
@Suite("Scrapes of a registry")
struct RegistryExpositionTests {
    private func descriptor(_ name: String, _ type: MetricType, mode: MultiprocessMode = .all) -> MetricDescriptor {
        MetricDescriptor(
            name: name,
            documentation: "h",
            type: type,
            labels: [MetricDescriptor.Label(name: "l")],
            buckets: [1, 2],
            multiprocessMode: mode
        )
    }

    private func lines(_ registry: MetricsRegistry) -> [String] {
        let bytes = ExpositionFormat.text.encode(registry.collect())
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(
            String.init
        )
    }

    @Test("Numbers are those of now, series those that are there")
    func counters() {
        let registry = MetricsRegistry(storage: .memory)
        let family = registry.family(for: descriptor("x_total", .counter))
        CounterChild(family._child1(0, "a")).inc()
        #expect(lines(registry) == [#"x_total{l="a"} 1"#])
        CounterChild(family._child1(0, "a")).inc()
        #expect(lines(registry) == [#"x_total{l="a"} 2"#])
        CounterChild(family._child1(0, "b")).inc(by: 5)
        #expect(lines(registry) == [#"x_total{l="a"} 2"#, #"x_total{l="b"} 5"#])
        family._remove1(0, "a")
        #expect(lines(registry) == [#"x_total{l="b"} 5"#])
        CounterChild(family._child1(0, "a")).inc(by: 7)
        #expect(lines(registry) == [#"x_total{l="b"} 5"#, #"x_total{l="a"} 7"#])
    }

    @Test("A histogram's count is that of its last bucket at every scrape")
    func histograms() {
        let registry = MetricsRegistry(storage: .memory)
        let family = registry.family(for: descriptor("h", .histogram))
        for (index, value) in [0.5, 1.5, 9].enumerated() {
            HistogramChild(family._child1(0, "a")).observe(value)
            HistogramChild(family._child1(0, "b")).observe(value)
            let lines = lines(registry)
            #expect(lines.count == 10)
            #expect(lines[4] == #"h_count{l="a"} \#(index + 1)"#)
            #expect(lines[2] == #"h_bucket{l="a",le="+Inf"} \#(index + 1)"#)
            #expect(lines[9] == #"h_count{l="b"} \#(index + 1)"#)
        }
        #expect(lines(registry)[3] == #"h_sum{l="a"} 11"#)
    }

    @Test("A gauge of which the latest value counts is there once it is set")
    func mostRecent() {
        let registry = MetricsRegistry(storage: .memory)
        let family = registry.family(for: descriptor("g", .gauge, mode: .mostrecent))
        let a = MostRecentGaugeChild(family._child1(0, "a"))
        let b = MostRecentGaugeChild(family._child1(0, "b"))
        #expect(lines(registry) == [])
        b.set(2)
        #expect(lines(registry) == [#"g{l="b"} 2"#])
        a.set(1)
        #expect(lines(registry) == [#"g{l="a"} 1"#, #"g{l="b"} 2"#])
    }
}
