import MetricsRuntime
import Testing

@Suite("Removing series")
struct RemovalTests {
    @Test("A removed series is gone at once, and starts again from zero when it is asked for")
    func remove() {
        let registry = MetricsRegistry()
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        let kept = CounterChild(family._child1(0, "a"))
        kept.inc(by: 5)
        CounterChild(family._child1(0, "b")).inc()
        family._remove1(0, "a")
        #expect(registry.collect().value(#"jobs_total{key="a"}"#) == nil)
        #expect(registry.collect().value(#"jobs_total{key="b"}"#) == 1)
        kept.inc()
        #expect(registry.collect().value(#"jobs_total{key="a"}"#) == nil, "a kept child does not bring it back")
        CounterChild(family._child1(0, "a")).inc()
        #expect(registry.collect().value(#"jobs_total{key="a"}"#) == 1)
    }

    @Test("Removing what is not there does nothing")
    func removeUnknown() {
        let registry = MetricsRegistry()
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        family._remove1(0, "never")
        family._remove(values: ["too", "many"])
        #expect(family._find1(0, "never") == nil)
    }

    @Test("Series without labels and in closed sets can be removed")
    func removeClosed() {
        let registry = MetricsRegistry()
        registry.counter().inc()
        registry.family(for: TestMetrics.counter())._remove0(0)
        #expect(registry.collect().value("jobs_total") == nil)
        registry.counter().inc(by: 3)
        #expect(registry.collect().value("jobs_total") == 3)
    }

    @Test("Removing all empties the family")
    func removeAll() {
        let registry = MetricsRegistry()
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        for index in 0..<50 { CounterChild(family._child1(0, "\(index)")).inc() }
        family._removeAll()
        #expect(registry.collect().family("jobs")?.values.isEmpty ?? true)
        CounterChild(family._child1(0, "7")).inc()
        #expect(registry.collect().value(#"jobs_total{key="7"}"#) == 1)
    }

    @Test("Making and removing for ever stays within max_series")
    func churn() {
        let registry = MetricsRegistry()
        let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")], maxSeries: 10)
        let family = registry.family(for: descriptor)
        for index in 0..<5000 {
            CounterChild(family._child1(0, "\(index)")).inc()
            family._remove1(0, "\(index)")
        }
        CounterChild(family._child1(0, "last")).inc()
        #expect(registry.collect().value(#"jobs_total{key="last"}"#) == 1)
    }
}
