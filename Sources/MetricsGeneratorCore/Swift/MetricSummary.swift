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
        if let deprecation = metric.deprecation { items.append("Deprecated\(self.deprecation(deprecation))") }
        return items
    }

    /// What follows the word: ` since 2.0: not needed any more; use `x``.
    private static func deprecation(_ deprecation: ResolvedMetric.Deprecation) -> String {
        let since: String = deprecation.since.map { " since \($0)" } ?? ""
        let reasons: [String] = [
            deprecation.message.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 },
            deprecation.replacedBy.map { "use \(SwiftText.code($0))" },
        ].compactMap { $0 }
        return reasons.isEmpty ? since : since + ": " + reasons.joined(separator: "; ")
    }

    private static func type(of metric: ResolvedMetric) -> String {
        switch metric.type {
        case .gauge: "gauge, merged over processes by \(SwiftText.code(metric.multiprocessMode.rawValue))"
        case .summary: "summary, a count and a sum: quantiles could not be merged over processes"
        case .counter, .histogram, .info, .stateset, .unknown: metric.type.rawValue
        }
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
