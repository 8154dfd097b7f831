import MetricDefinitions
import Testing

/// How many series a definition allows; that a process makes as many, and no more, is seen in the runtime's `BoundTests`.
@Suite struct SeriesBudgetTests {
    private func message(_ keys: String) -> String? {
        let diagnostics = run(counter(keys)).report.diagnostics
        return diagnostics.first { $0.rule.text == "series-budget" }?.message
    }

    @Test func everyBoundedLabelOverflowsForItself() {
        let labels = "labels: [{name: way, values: [x, z]}, {name: a, max_values: 9}, {name: b, max_values: 4}]"
        #expect(
            message("max_series: 97\n    \(labels)")
                == "2 way × (9 + 1 __overflow__) a × (4 + 1 __overflow__) b = 100 combinations are more than the 97 series of 'max_series'"
        )
        // The two series in which both say __overflow__ take none of its places.
        #expect(message("max_series: 98\n    \(labels)") == nil)
    }

    @Test(arguments: [
        ("max_series: 9\n    labels: [{name: a, max_values: 9}]", "≤10"),
        ("max_series: 5\n    labels: [{name: way, values: [x, z], other: y}, {name: a, max_values: 9}]", "≤8"),
        ("max_series: 5\n    labels: [{name: way, values: [x, z], other: y}, a]", "≤8"),
        // A closed set folds nothing.
        ("max_series: 1\n    labels: [{name: way, values: [x, z]}]", "2"),
        ("max_series: 5\n    labels: [{name: a, max_values: 2147483647}, {name: b, max_values: 2147483647}]", "≤6"),
    ])
    func listed(keys: String, series: String) throws {
        let result = run(counter(keys))
        let table = MetricListing.table(try #require(result.model, "\(result.text)"), sources: result.report.sources)
        #expect(table.contains("  \(series)  "), "\(table)")
    }

    @Test func aBoundBeyondAllNumbersIsNoTrap() {
        let most = run(counter("labels: [{name: a, max_values: 9223372036854775807}, {name: b, max_values: 2}]"))
        #expect(!most.rules.isEmpty)
    }
}
