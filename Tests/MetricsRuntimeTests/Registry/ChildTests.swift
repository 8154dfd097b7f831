import MetricsRuntime
import Testing

@Suite("Children: what an update does to a series")
struct ChildTests {
    let registry = MetricsRegistry()

    @Test("A counter adds, and its sample carries _total")
    func counterAdds() {
        let child = registry.counter()
        child.inc()
        child.inc(by: 2.5)
        child.inc(by: 0)
        #expect(child.value == 3.5)
        #expect(registry.collect().value("jobs_total") == 3.5)
        #expect(registry.collect().family("jobs")?.type == .counter)
    }

    @Test(
        "A counter refuses what would make it fall or break, and counts that",
        arguments: [-1, -0.001, .nan, -.infinity]
    )
    func counterRefuses(amount: Double) {
        let child = registry.counter()
        child.inc(by: 4)
        child.inc(by: amount)
        #expect(child.value == 4)
        #expect(registry.collect().value(#"metrics_updates_refused_total{metric="jobs_total"}"#) == 1)
    }

    @Test("A counter takes infinity and stays there")
    func counterInfinity() {
        let child = registry.counter()
        child.inc(by: .infinity)
        child.inc()
        #expect(child.value == .infinity)
    }

    @Test("Children with the same labels are the same series")
    func sameSeries() {
        registry.counter().inc()
        registry.counter().inc()
        #expect(registry.collect().value("jobs_total") == 2)
        #expect(registry.collect().family("jobs")?.values.count == 1)
    }

    @Test("A gauge is set, raised and lowered")
    func gauge() {
        let child = registry.gauge()
        child.set(10)
        child.inc(by: 2)
        child.dec()
        child.dec(by: -0.5)
        #expect(child.value == 11.5)
        #expect(registry.collect().value("level") == 11.5)
    }

    @Test("A gauge follows what is in progress, through errors too")
    func trackInProgress() async {
        struct Failure: Error {}
        let child = registry.gauge()
        let seen = child.trackInProgress { child.value }
        #expect(seen == 1)
        #expect(throws: Failure.self) { try child.trackInProgress { throw Failure() } }
        let seenAsync = await child.trackInProgress { () async -> Double in
            await Task.yield()
            return child.value
        }
        #expect(seenAsync == 1)
        #expect(child.value == 0)
    }

    @Test("A gauge takes the current time in Unix seconds")
    func currentTime() {
        let child = registry.gauge()
        child.setToCurrentTime()
        // 2025 to 2100: it is seconds, neither milliseconds nor a monotonic clock.
        #expect(child.value > 1_735_689_600 && child.value < 4_102_444_800)
    }

    @Test("A mostrecent gauge appears when it is set")
    func mostRecent() {
        let child = MostRecentGaugeChild(registry.family(for: TestMetrics.gauge(.mostrecent))._child0(0))
        #expect(registry.collect().value("level") == nil)
        child.set(3)
        #expect(registry.collect().value("level") == 3)
        #expect(child.value == 3)
    }

    @Test("A histogram counts a value in the first bucket that it does not exceed")
    func histogram() {
        let child = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
        for value in [-5, 0, 0.1, 0.1000001, 1, 5, 10, 10.5, .infinity] { child.observe(value) }
        let snapshot = registry.collect()
        #expect(snapshot.value(#"wait_seconds_bucket{le="0.1"}"#) == 3)
        #expect(snapshot.value(#"wait_seconds_bucket{le="1.0"}"#) == 5)
        #expect(snapshot.value(#"wait_seconds_bucket{le="10.0"}"#) == 7)
        #expect(snapshot.value(#"wait_seconds_bucket{le="+Inf"}"#) == 9)
        #expect(snapshot.value("wait_seconds_count") == 9)
        #expect(child.count == 9)
        #expect(child.sum == .infinity)
    }

    @Test("Any number of buckets works", arguments: [1, 7, 8, 9, 16, 17, 40])
    func manyBuckets(count: Int) {
        let bounds = (1...count).map(Double.init)
        let child = HistogramChild(registry.family(for: TestMetrics.histogram(buckets: bounds))._child0(0))
        for value in 0...count + 1 { child.observe(Double(value)) }
        let snapshot = registry.collect()
        for bound in 1...count {
            #expect(snapshot.value("wait_seconds_bucket{le=\"\(bound).0\"}") == Double(bound + 1))
        }
        #expect(snapshot.value("wait_seconds_count") == Double(count + 2))
        #expect(child.sum == Double((count + 1) * (count + 2) / 2))
    }

    @Test("A histogram refuses NaN, which would spoil its sum for good")
    func histogramNaN() {
        let child = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
        child.observe(.nan)
        child.observe(2)
        #expect(child.count == 1 && child.sum == 2)
        #expect(registry.collect().value(#"metrics_updates_refused_total{metric="wait_seconds"}"#) == 1)
    }

    @Test("Durations are seconds, and a negative one counts as zero")
    func durations() {
        let child = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
        child.observe(.milliseconds(1500))
        child.observe(.seconds(-3))
        #expect(child.sum == 1.5 && child.count == 2)
    }

    @Test("Timing observes once, hands back the result, and observes a body that throws")
    func timing() async throws {
        struct Failure: Error, Equatable {}
        let child = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
        #expect(child.time { 42 } == 42)
        #expect(throws: Failure()) { try child.time { () throws(Failure) in throw Failure() } }
        let result = await child.time { () async -> String in
            await Task.yield()
            return "done"
        }
        #expect(result == "done")
        #expect(child.count == 3)
        #expect(child.sum >= 0)
    }

    @Test("A summary counts and adds up")
    func summary() {
        let child = SummaryChild(registry.family(for: TestMetrics.summary)._child0(0))
        child.observe(2)
        child.observe(3.5)
        child.observe(.nan)
        #expect(child.count == 2 && child.sum == 5.5)
        let snapshot = registry.collect()
        #expect(snapshot.value("size_bytes_count") == 2 && snapshot.value("size_bytes_sum") == 5.5)
    }

    @Test("Threads lose nothing on one series")
    func threads() async {
        let child = registry.counter()
        let histogram = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<20_000 {
                        child.inc()
                        histogram.observe(0.5)
                    }
                }
            }
        }
        #expect(child.value == 80_000)
        #expect(histogram.count == 80_000 && histogram.sum == 40_000)
    }
}
