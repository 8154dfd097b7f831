import MetricsRuntime
import Testing

@Suite("Snapshots put together")
struct MetricSnapshotTests {
    private func family(_ name: String, _ type: MetricType) -> MetricFamily {
        var family = MetricFamily(name: name, type: type, documentation: "")
        switch type {
        case .histogram: family.addHistogram(buckets: [], sum: 0)
        case .summary: family.addSummary(count: 0, sum: 0)
        case .counter, .gauge, .info, .stateset, .unknown: family.addSeries(value: 1)
        }
        return family
    }

    @Test("Of two families that share a sample's name the first one stays")
    func clashes() {
        var snapshot = MetricSnapshot(families: [family("a", .counter), family("h", .histogram)])
        let refused = snapshot.append([
            family("b", .gauge), family("a_total", .gauge), family("h_count", .gauge), family("b", .counter),
            family("c.d", .gauge), family("c_d", .gauge), family("h_x", .gauge),
            MetricFamily(name: "empty", type: .gauge, documentation: ""),
        ])
        #expect(refused == ["a_total", "h_count", "b", "c_d"])
        #expect(snapshot.families.map(\.name) == ["a", "h", "b", "c.d", "h_x"])
    }

    @Test("Families are found by their names and those of their samples")
    func filter() {
        let snapshot = MetricSnapshot(families: [family("a", .counter), family("h", .histogram), family("g", .gauge)])
        func names(_ names: Set<String>) -> [String] { snapshot.filtered(by: names).families.map(\.name) }
        #expect(names(["a_total"]) == ["a"])
        #expect(names(["a", "h_bucket"]) == ["a", "h"])
        #expect(names(["g", "nothing"]) == ["g"])
        #expect(names(["a_tota"]).isEmpty)
    }
}
