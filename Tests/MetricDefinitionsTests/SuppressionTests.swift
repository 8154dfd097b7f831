import Testing

/// What `allow` switches off, and what it does not.
@Suite struct SuppressionTests {
    private let wide = "labels: [{name: queue, max_values: 20000}]"

    @Test func aMetricsAllowIsForTheMetric() {
        let allow = "allow: [{rule: series-budget, reason: one queue a process}]"
        #expect(run(counter(wide)).rules == ["series-budget"])
        #expect(run(counter("\(wide)\n    \(allow)")).rules.isEmpty)
    }

    @Test func aFilesAllowIsForTheFile() {
        let allow = "allow: [{rule: series-budget, reason: one queue a process}]\n"
        #expect(run(allow + counter(wide)).rules.isEmpty)
        #expect(
            run(["a.yaml": allow, "b.yaml": counter(wide)]).rules == ["empty-file", "unused-allow", "series-budget"]
        )
    }

    @Test func errorsCannotBeAllowed() {
        let result = run(counter("allow: [{rule: unit-not-suffix, reason: none}]\n    unit: seconds"))
        #expect(result.rules == ["unknown-lint", "unit-not-suffix"])
    }
}
