internal import MetricDefinitions

/// The sections that a model leaves empty because it has no metric of their type: a template that only they include
/// need not be read.
enum UnusedSections {
    private static let flags: [(name: String, holds: @Sendable (ResolvedMetric) -> Bool)] = [
        ("isCounter", { $0.type == .counter }),
        ("isGauge", { $0.type == .gauge }),
        ("isHistogram", { $0.type == .histogram }),
        ("isInfo", { $0.type == .info }),
        ("isMostRecentGauge", { $0.isMostRecentGauge }),
        ("isObserved", { $0.isObserved }),
        ("isStateSet", { $0.type == .stateset }),
        ("isSummary", { $0.type == .summary }),
        ("isTimed", { $0.isTimed }),
        ("isUnknown", { $0.type == .unknown }),
    ]

    /// The names of the flags, in any scope that has them.
    static func names(in model: ResolvedModel) -> Set<String> {
        let metrics = model.metrics
        return Set(flags.filter { flag in !metrics.contains(where: flag.holds) }.map(\.name))
    }
}
