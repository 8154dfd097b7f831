internal import MetricDefinitions

/// Which state sets share the type of their states: those with the same states, where the same callers see both.
struct StateTypes {
    private struct Key: Hashable {
        var cases: [String]
        var values: [String]
        var access: AccessLevel
    }

    /// The metric that declares a type.
    private var owners: [Key: ResolvedMetric] = [:]

    init(_ model: ResolvedModel) {
        for metric in model.metrics where metric.type == .stateset {
            let key = Self.key(of: metric)
            if owners[key] == nil, Self.canShare(metric) { owners[key] = metric }
        }
    }

    /// The type that a state set takes from another one; `nil` where it declares its own.
    func sharedType(of metric: ResolvedMetric) -> String? {
        guard metric.type == .stateset, let owner = owners[Self.key(of: metric)], owner.name != metric.name else {
            return nil
        }
        return SwiftIdentifier.escaped(owner.swiftName) + ".State"
    }

    /// Nothing generated names a deprecated type outside itself, and one that goes takes nothing with it.
    private static func canShare(_ metric: ResolvedMetric) -> Bool { metric.deprecation == nil }

    private static func key(of metric: ResolvedMetric) -> Key {
        Key(
            cases: metric.states.map(\.swiftName),
            values: metric.states.map(\.value),
            access: metric.access
        )
    }
}
