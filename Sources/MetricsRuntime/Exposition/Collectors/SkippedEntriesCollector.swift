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
        var family = MetricFamily(
            name: "metrics_entries_skipped",
            type: .counter,
            documentation: "Files and entries that scrapes of the multiprocess directory left out, by reason"
        )
        for fault in MultiprocessFault.allCases {
            family.addSeries(labels: [("reason", fault.rawValue)], value: Double(faults[fault] ?? 0))
        }
        return [family]
    }
}
