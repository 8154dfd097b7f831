/// What scrapes of a multiprocess directory left out, as a counter by reason.
///
/// Every reason is there from the beginning, so that the first fault is an increase.
public struct SkippedEntriesCollector: MetricCollector {
    private let collector: MultiprocessCollector

    /// Creates a collector that reports on another one.
    public init(collector: MultiprocessCollector) {
        self.collector = collector
    }

    /// The family `metrics_entries_skipped_total`.
    public func collect() -> [MetricFamily] {
        let faults = collector.faults
        return [Self.family(of: MultiprocessFault.allCases.map { ($0, faults[$0] ?? 0) })]
    }

    /// The family with the counts of those reasons.
    static func family(of counts: [(fault: MultiprocessFault, count: Int)]) -> MetricFamily {
        var family = MetricFamily(
            name: "metrics_entries_skipped",
            type: .counter,
            documentation: "Files and entries that scrapes of the multiprocess directory left out, by reason"
        )
        for (fault, count) in counts {
            family.addSeries(labels: [("reason", fault.rawValue)], value: Double(count))
        }
        return family
    }
}
