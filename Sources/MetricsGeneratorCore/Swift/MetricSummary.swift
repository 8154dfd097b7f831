internal import MetricDefinitions

/// What a doc comment says about a metric besides its documentation.
enum MetricSummary {
    static func items(of metric: ResolvedMetric) -> [String] {
        var items = ["Exposed as: \(SwiftText.code(metric.name))", "Type: \(type(of: metric))"]
        if !metric.unit.isEmpty { items.append("Unit: \(metric.unit)") }
        for label in metric.labels { items.append("Label \(self.label(label))") }
        for label in metric.constantLabels {
            items.append("Constant label \(SwiftText.code(label.name)): \(SwiftText.code(label.value))")
        }
        if metric.type == .histogram {
            items.append("Buckets: \((metric.buckets + [.infinity]).map(ResolvedNumber.text).joined(separator: ", "))")
        }
        if let since = metric.since { items.append("Since: \(since)") }
        if let stability = metric.stability { items.append("Stability: \(stability.rawValue)") }
        return items
    }

    private static func type(of metric: ResolvedMetric) -> String {
        guard metric.type == .gauge else { return metric.type.rawValue }
        return "gauge, merged over processes by \(SwiftText.code(metric.multiprocessMode.rawValue))"
    }

    private static func label(_ label: ResolvedLabel) -> String {
        var parts: [String] = []
        if let documentation = label.documentation {
            parts.append(documentation.hasSuffix(".") ? String(documentation.dropLast()) : documentation)
        }
        switch label.kind {
        case .open(_, let maxValues): if let maxValues { parts.append("at most \(maxValues) values") }
        case .bool: parts.append("`false` or `true`")
        case .closed(let type, _, _): parts.append("one of \(SwiftText.code(type))")
        }
        let text = SwiftText.code(label.name)
        return parts.isEmpty ? text : text + ": " + parts.joined(separator: "; ")
    }
}
