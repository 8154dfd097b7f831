import MetricDefinitions
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Bounds: what happens past max_series and max_values", .blocking)
struct BoundTests {
    private let registry = MetricsRegistry()

    @Test("A value whose last series was removed gives its place to another one")
    func valuesAreGivenBack() {
        let labels = [TestMetrics.open("key", maxValues: 2), TestMetrics.open("other")]
        let family = registry.family(for: TestMetrics.counter(labels: labels))
        CounterChild(family._child2(0, "a", "x")).inc()
        CounterChild(family._child2(0, "a", "y")).inc()
        CounterChild(family._child2(0, "b", "x")).inc()
        CounterChild(family._child2(0, "c", "x")).inc()
        family._remove2(0, "a", "x")
        CounterChild(family._child2(0, "c", "x")).inc()
        #expect(registry.collect().value(#"jobs_total{key="__overflow__",other="x"}"#) == 2, "a still has a series")
        family._remove2(0, "a", "y")
        CounterChild(family._child2(0, "c", "x")).inc(by: 10)
        #expect(registry.collect().value(#"jobs_total{key="c",other="x"}"#) == 10)
        CounterChild(family._child2(0, "a", "x")).inc()
        #expect(registry.collect().value(#"jobs_total{key="__overflow__",other="x"}"#) == 3, "now a is past the bound")
        family._removeAll()
        CounterChild(family._child2(0, "a", "x")).inc(by: 5)
        #expect(registry.collect().value(#"jobs_total{key="a",other="x"}"#) == 5)
    }

    @Test(
        "A series that is removed makes room for another one, also when the overflow series is there",
        arguments: 1...3
    )
    func seriesAreGivenBack(bound: Int) {
        let labels = [TestMetrics.open("key"), TestMetrics.closed("m", ["x", "y"])]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: bound))
        for index in 0..<bound { CounterChild(family._child1(0, "\(index)")).inc() }
        // An overflow series for each combination of closed labels, above the bound.
        for closed: UInt32 in [0, 1] { CounterChild(family._child1(closed, "past")).inc() }
        #expect(registry.collect().family("jobs")?.values.count == bound + 2)
        family._remove1(0, "0")
        CounterChild(family._child1(1, "new")).inc(by: 7)
        #expect(registry.collect().value(#"jobs_total{key="new",m="y"}"#) == 7, "there was room for one")
        CounterChild(family._child1(1, "newer")).inc()
        #expect(registry.collect().value(#"jobs_total{key="newer",m="y"}"#) == nil, "and for one alone")
        #expect(registry.collect().value(#"jobs_total{key="__overflow__",m="y"}"#) == 2)
        #expect(registry.collect().value(#"metrics_series_folded_total{metric="jobs_total"}"#) == 3)
        #expect(registry.collect().family("jobs")?.values.count == bound + 2)
    }

    @Test("Removing the overflow series makes no room for others")
    func overflowIsRemoved() {
        let labels = [TestMetrics.open("key")]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: 2))
        for index in 0..<4 { CounterChild(family._child1(0, "\(index)")).inc() }
        family._remove1(0, "__overflow__")
        #expect(registry.collect().family("jobs")?.values == [1, 1])
        CounterChild(family._child1(0, "later")).inc()
        #expect(registry.collect().value(#"jobs_total{key="__overflow__"}"#) == 1, "it starts again from zero")
        #expect(registry.collect().family("jobs")?.values.count == 3)
    }

    @Test("What an earlier process made does not count against this one's bound")
    func adopted() throws {
        try TemporaryFolder.with { folder in
            let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")], maxSeries: 2)
            do {
                let earlier = MetricsRegistry(storage: .directory(folder))
                for key in ["a", "b"] { CounterChild(earlier.family(for: descriptor)._child1(0, key)).inc() }
            }
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: descriptor)
            for key in ["a", "b", "c", "d", "e"] { CounterChild(family._child1(0, key)).inc() }
            let snapshot = registry.collect()
            #expect(snapshot.value(#"jobs_total{key="a"}"#) == 2)
            #expect(snapshot.value(#"jobs_total{key="d"}"#) == 1)
            #expect(snapshot.value(#"jobs_total{key="e"}"#) == nil)
            #expect(snapshot.value(#"jobs_total{key="__overflow__"}"#) == 1)
        }
    }

    @Test("Values that come and go for ever do not use a bound up")
    func churn() {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key", maxValues: 3)]))
        for index in 0..<2000 {
            CounterChild(family._child1(0, "\(index)")).inc()
            family._remove1(0, "\(index)")
        }
        for index in 0..<5 { CounterChild(family._child1(0, "last \(index)")).inc() }
        let snapshot = registry.collect()
        #expect(snapshot.value(#"jobs_total{key="last 2"}"#) == 1)
        #expect(snapshot.value(#"jobs_total{key="__overflow__"}"#) == 2)
    }

    @Test("A bounded label folds alone; past max_series all open labels do, and known series go on")
    func both() {
        let labels = [TestMetrics.open("a", maxValues: 2), TestMetrics.open("b"), TestMetrics.closed("m", ["x", "y"])]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: 6))
        for a in 0..<5 {
            for b in 0..<5 { CounterChild(family._child2(1, "a\(a)", "b\(b)")).inc() }
        }
        for b in 0..<5 { CounterChild(family._child2(1, "a0", "b\(b)")).inc() }
        let snapshot = registry.collect()
        #expect(snapshot.value(#"jobs_total{a="a0",b="b4",m="y"}"#) == 2)
        #expect(snapshot.value(#"jobs_total{a="__overflow__",b="__overflow__",m="y"}"#) == 19)
        #expect(snapshot.family("jobs")?.values.reduce(0, +) == 30)
        #expect(snapshot.value(#"metrics_series_folded_total{metric="jobs_total"}"#) == 19)
        #expect(family._find2(1, "a4", "b4") == nil, "a look-up that makes nothing is not folded")
    }

    @Test("A process makes as many series as the definition's budget says", arguments: [10_000, 50])
    func budget(maxSeries: Int) throws {
        let source = SourceFile(
            path: "shop.yaml",
            text: """
                metrics:
                  - name: jobs_total
                    type: counter
                    documentation: Jobs done
                    max_series: \(maxSeries)
                    labels: [{name: m, values: [x, z]}, {name: a, max_values: 9}, {name: b, max_values: 4}]
                """
        )
        let model = try #require(DefinitionPipeline().run([source]).model)
        let labels = [
            TestMetrics.closed("m", ["x", "z"]), TestMetrics.open("a", maxValues: 9),
            TestMetrics.open("b", maxValues: 4),
        ]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: maxSeries))
        for closed: UInt32 in [0, 1] {
            for a in 0..<20 {
                for b in 0..<20 { CounterChild(family._child2(closed, "\(a)", "\(b)")).inc() }
            }
        }
        let series = try #require(registry.collect().family("jobs")?.values.count)
        #expect(series == (maxSeries == 50 ? 52 : 100))
        #expect(MetricListing.table(model, sources: [source]).contains("  ≤\(series) "))
    }

    @Test("Threads that run into the bounds together lose no update, and every fold is counted")
    func threads() async {
        let labels = [TestMetrics.open("a", maxValues: 20), TestMetrics.open("b")]
        let family = registry.family(for: TestMetrics.counter(labels: labels, maxSeries: 100))
        let count: @Sendable () -> Void = {
            for index in 0..<5000 { CounterChild(family._child2(0, "a\(index % 40)", "b\(index)")).inc() }
        }
        await Threads.together([count, count, count, count])
        let snapshot = registry.collect()
        let jobs = snapshot.family("jobs")
        #expect(jobs?.values.reduce(0, +) == 20_000)
        #expect((jobs?.values.count ?? 0) <= 101)
        let overflow = jobs?.values.indices.filter { jobs?.sample(at: $0).contains("__overflow__") == true } ?? []
        let folded = overflow.reduce(0) { $0 + (jobs?.values[$1] ?? 0) }
        #expect(snapshot.value(#"metrics_series_folded_total{metric="jobs_total"}"#) == folded)
    }

    @Test("A bound of zero folds everything; metrics without open labels have none")
    func zero() {
        let open = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")], maxSeries: 0))
        CounterChild(open._child1(0, "a")).inc()
        #expect(registry.collect().value(#"jobs_total{key="__overflow__"}"#) == 1)
        let closed = registry.family(
            for: TestMetrics.counter("runs_total", labels: [TestMetrics.closed("m", ["x", "y"])], maxSeries: 1)
        )
        for index in 0..<2 { CounterChild(closed._child0(UInt32(index))).inc() }
        #expect(registry.collect().family("runs")?.values == [1, 1])
    }

    @Test("Distinct values without end stay under the bound in memory, file and scrape", arguments: [true, false])
    func distinctValues(isFileBacked: Bool) throws {
        try TemporaryFolder.with { folder in
            let output = try ProbeRun.play(
                "distinct-values",
                isFileBacked ? folder : "",
                ProbeRun.isUnderThreadSanitizer ? "100000" : "1000000"
            )
            #expect(output.hasPrefix("ok: "), "\(output)")
        }
    }
}
