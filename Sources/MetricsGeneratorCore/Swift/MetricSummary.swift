internal import MetricDefinitions

/// What a doc comment says about a metric besides its documentation.
enum MetricSummary {
    /// Adds it as a list. In pieces, where an interpolation takes several times as long: every metric has this.
    static func add(_ metric: ResolvedMetric, to comment: inout DocComment) {
        comment.setOff()
        comment.addItem {
            $0 += "Exposed as: "
            SwiftText.append(code: metric.name, to: &$0)
        }
        comment.addItem { add(type: metric, to: &$0) }
        if !metric.unit.isEmpty {
            comment.addItem {
                $0 += "Unit: "
                $0 += metric.unit
            }
        }
        for label in metric.labels { comment.addItem { add(label: label, to: &$0) } }
        for label in metric.constantLabels {
            comment.addItem { $0 += "Constant label \(SwiftText.code(label.name)): \(SwiftText.code(label.value))" }
        }
        if metric.type == .histogram {
            comment.addItem {
                $0 += "Buckets: "
                for bound in metric.buckets {
                    $0 += ResolvedNumber.text(bound)
                    $0 += ", "
                }
                $0 += ResolvedNumber.text(.infinity)
            }
        }
        if let since = metric.since { comment.addItem { $0 += "Since: \(since)" } }
        if let stability = metric.stability { comment.addItem { $0 += "Stability: \(stability.rawValue)" } }
        if let deprecation = metric.deprecation {
            comment.addItem { $0 += "Deprecated\(self.deprecation(deprecation))" }
        }
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

    private static func add(type metric: ResolvedMetric, to text: inout String) {
        text += "Type: "
        text += metric.type.rawValue
        switch metric.type {
        case .gauge:
            text += ", merged over processes by "
            SwiftText.append(code: metric.multiprocessMode.rawValue, to: &text)
        case .summary: text += ", a count and a sum: quantiles could not be merged over processes"
        case .counter, .histogram, .info, .stateset, .unknown: break
        }
    }

    private static func add(label: ResolvedLabel, to text: inout String) {
        text += "Label "
        SwiftText.append(code: label.name, to: &text)
        var separator = ": "
        if let documentation = label.documentation {
            text += separator
            text += documentation.hasSuffix(".") ? String(documentation.dropLast()) : documentation
            separator = "; "
        }
        switch label.kind {
        case .open(_, nil): break
        case .open(_, .some(let maxValues)):
            text += separator
            text += "at most \(maxValues) values"
        case .bool:
            text += separator
            text += "`false` or `true`"
        case .closed(let type, _, _):
            text += separator
            text += "one of "
            SwiftText.append(code: type, to: &text)
        }
    }
}
