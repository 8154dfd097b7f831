import MetricsRuntime
import ProcessTesting
import Testing

/// Two families whose samples would have one name, wherever they come from: the first one is exposed, the other counted.
@Suite("Clashing names", .blocking)
struct NameClashTests {
    private typealias Entry = (family: String, samples: [String])

    /// The families that Python's registries refuse beside each other, by the files that two processes make of them.
    private static let clashes: [(first: (String, Entry), second: (String, Entry), exposed: String)] = [
        (("histogram_1.db", ("h", ["h_sum", "h_bucket"])), ("summary_1.db", ("h_sum", ["h_sum_sum"])), "h"),
        (("gauge_sum_1.db", ("h_count", ["h_count"])), ("histogram_1.db", ("h", ["h_sum", "h_bucket"])), "h_count"),
        (("gauge_sum_1.db", ("h_bucket", ["h_bucket"])), ("histogram_1.db", ("h", ["h_sum", "h_bucket"])), "h_bucket"),
        (("counter_1.db", ("c", ["c_total"])), ("gauge_sum_1.db", ("c_total", ["c_total"])), "c"),
        (("counter_1.db", ("c", ["c_total"])), ("gauge_sum_1.db", ("c_created", ["c_created"])), "c"),
        (("counter_1.db", ("c", ["c_total"])), ("gauge_sum_1.db", ("c", ["c"])), "c"),
        (("gauge_sum_1.db", ("s_sum", ["s_sum"])), ("summary_1.db", ("s", ["s_sum", "s_count"])), "s_sum"),
    ]

    @Test(
        "Of a directory's families the first file's stays, the other is a fault at each scrape",
        arguments: clashes.indices
    )
    func directories(index: Int) throws {
        let (first, second, exposed) = Self.clashes[index]
        try TemporaryFolder.with { folder in
            for (name, entry) in [first, second] {
                try MultiprocessFileBytes { file in
                    for sample in entry.samples {
                        let isBucket = sample.hasSuffix("_bucket") && name.hasPrefix("histogram")
                        file.add(entry.family, sample: sample, isBucket ? [("le", "+Inf")] : [], value: 1)
                    }
                }.write(name, in: folder)
            }
            let collector = MultiprocessCollector(directory: folder)
            for scrape in 1...2 {
                let snapshot = collector.collect()
                #expect(snapshot.families.map(\.name) == [exposed])
                // One family of two types is that of its first file, as for Python's collector; what does not fit that
                // type is not in OpenMetrics.
                if first.1.family != second.1.family {
                    #expect(collector.faults == [.nameCollision: scrape])
                    #expect(collector.lastFaults.map(\.detail) == [second.1.family])
                }
                try expectNoClash(snapshot)
            }
        }
    }

    @Test("A family beside those of a registry: storage faults have their name for themselves")
    func registry() throws {
        let registry = MetricsRegistry(storage: .memory)
        let descriptor = { MetricDescriptor(name: $0, documentation: "h", type: $1, buckets: [1]) }
        _ = registry.family(for: descriptor("h", .histogram))._child0(0)
        let clashing = registry.family(for: descriptor("h_count", .gauge))
        GaugeChild(clashing._child0(0)).set(5)
        let snapshot = registry.collect()
        #expect(snapshot.families.map(\.name) == ["h"])
        #expect(snapshot.value("h_count") == 0)
        try expectNoClash(snapshot)
    }

    @Test("A collector's series are there once each, under valid names")
    func builder() throws {
        var gauge = MetricFamily(name: "a.b", type: .gauge, documentation: "")
        gauge.addSeries(labels: [("l.l", "1"), ("l_l", "2"), ("", "3")], value: 1)
        gauge.addSeries(labels: [("_", "3"), ("l_l", "2")], value: 2)
        gauge.addSeries(value: 3)
        gauge.addSeries(value: 4)
        var histogram = MetricFamily(name: "h", type: .histogram, documentation: "")
        histogram.addHistogram(
            labels: [("le", "mine")],
            buckets: [
                .init(upperBound: 1, count: 1), .init(upperBound: -0.0, count: 1), .init(upperBound: 1, count: 2),
                .init(upperBound: 0, count: 1), .init(upperBound: .nan, count: 9),
            ],
            sum: 3
        )
        histogram.addHistogram(buckets: [], sum: 9)
        histogram.addHistogram(buckets: [.init(upperBound: 1, count: 1)], sum: 9)
        var summary = MetricFamily(name: "s", type: .summary, documentation: "")
        summary.addSummary(count: 1, sum: 2, quantiles: [(0.5, 1), (0.5, 2), (7, 1), (.nan, 1), (-0.0, 3), (0, 4)])
        var states = MetricFamily(name: "st", type: .stateset, documentation: "")
        states.addStates(labels: [("st", "mine")], [("on", true), ("on", false), ("off", false)])
        states.addStates([("on", true)])
        let snapshot = MetricSnapshot(families: [gauge, histogram, summary, states])
        #expect([gauge, histogram, summary, states].map(\.duplicateSeries) == [2, 2, 0, 1])
        let expected = #"""
            # TYPE a_b gauge
            a_b{_="3",l_l="2"} 1.0
            a_b 3.0
            # TYPE h histogram
            h_bucket{le="0.0"} 2
            h_bucket{le="1.0"} 5
            h_bucket{le="+Inf"} 5
            h_sum 3.0
            h_count 5
            # TYPE s summary
            s{quantile="0.5"} 1.0
            s{quantile="0.0"} 3.0
            s_sum 2.0
            s_count 1
            # TYPE st stateset
            st{st="on"} 1
            st{st="off"} 0
            # EOF

            """#
        #expect(String(decoding: ExpositionFormat.openMetrics.encode(snapshot), as: UTF8.self) == expected)
        try expectNoClash(snapshot)
    }

    /// No name of a sample stands in two families, and our own rule and Python's strict parser agree.
    private func expectNoClash(_ snapshot: MetricSnapshot, at location: SourceLocation = #_sourceLocation) throws {
        var names: [String: String] = [:]
        for family in snapshot.families {
            for index in family.values.indices {
                let name = String(family.sample(at: index).prefix { $0 != "{" })
                let owner = names.updateValue(family.name, forKey: name)
                #expect(owner == nil || owner == family.name, "\(name)", sourceLocation: location)
            }
        }
        guard PythonPeer.isPresent else { return }
        let text = String(decoding: ExpositionFormat.openMetrics.encode(snapshot), as: UTF8.self)
        let script = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            list(text_string_to_metric_families(sys.stdin.buffer.read().decode('utf-8')))
            """
        #expect(throws: Never.self, "\(text)", sourceLocation: location) { try PythonPeer.run(script, input: text) }
    }
}
