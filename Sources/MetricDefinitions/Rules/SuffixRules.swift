/// The ends of names, which say how samples are read.
package enum SuffixRules {
    package static let counterTotal = Rule(
        "counter-total",
        .warning,
        "the name of a counter ends in _total",
        why: "OpenMetrics requires it, and readers know by it that only rates make sense.",
        bad: "metrics:\n  - {name: shop_orders, type: counter, documentation: Orders taken}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders taken}\n"
    )
    package static let nonCounterTotal = Rule(
        "non-counter-total",
        .error,
        "only the names of counters end in _total",
        why: "Everyone who reads it would take the rate of it. A metric of type unknown may have any name.",
        bad: "metrics:\n  - {name: shop_orders_total, type: gauge, documentation: Open orders}\n",
        good: "metrics:\n  - {name: shop_open_orders, type: gauge, documentation: Orders not yet sent}\n"
    )
    package static let reserved = Rule(
        "reserved-suffix",
        .error,
        "names end in _bucket, _count, _sum, _created, _gcount, _gsum or _info only where the type makes such samples",
        why:
            "'_bucket' belongs to histograms, '_count' and '_sum' to histograms and summaries, '_info' to infos, the others to nobody. A metric of type unknown may have any name.",
        bad: "metrics:\n  - {name: shop_orders_count, type: gauge, documentation: Open orders}\n",
        good: "metrics:\n  - {name: shop_open_orders, type: gauge, documentation: Orders not yet sent}\n"
    )
    package static let familyReserved = Rule(
        "family-reserved-suffix",
        .warning,
        "a counter's name without _total does not end in _count, _sum, _bucket or _created",
        why: "In OpenMetrics '_total' is not part of the family's name, and what is left would look like a sample.",
        bad: "metrics:\n  - {name: shop_order_count_total, type: counter, documentation: Orders taken}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders taken}\n"
    )

    package static let family = RuleFamily(
        title: "Suffixes",
        rules: [counterTotal, nonCounterTotal, reserved, familyReserved],
        checks: [RuleFamily.eachName(check)]
    )

    /// Suffixes with the types that make samples of them.
    private static let owners: KeyValuePairs<String, [MetricType]> = [
        "bucket": [.histogram], "count": [.histogram, .summary], "sum": [.histogram, .summary], "created": [],
        "gcount": [], "gsum": [], "info": [.info],
    ]

    private static func check(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name, let type = metric.type?.value, type != .unknown, parts.words.count > 1,
            let last = parts.words.last
        else { return }
        let endsInTotal = last == "total"
        if type == .counter, !endsInTotal {
            let better = parts.name.hasSuffix("_") ? "\(parts.name)total" : "\(parts.name)_total"
            let message = "the name of the counter '\(name.value)' should end in '_total'"
            sink.report(counterTotal, at: name.span, message, suggestion: "write '\(better)'")
        }
        if type != .counter, endsInTotal {
            let message = "'\(name.value)' is a \(type.rawValue); only the names of counters end in '_total'"
            let stem = String(parts.name.dropLast("_total".count))
            sink.report(nonCounterTotal, at: name.span, message, suggestion: "write '\(stem)', or 'type: counter'")
        }
        for (suffix, types) in owners where suffix == last && !types.contains(type) {
            let owner =
                types.isEmpty
                ? "is reserved" : "belongs to \(types.map { "a \($0.rawValue)" }.joined(separator: " or "))"
            let message = "'\(name.value)' is a \(type.rawValue), and its suffix '_\(suffix)' \(owner)"
            sink.report(reserved, at: name.span, message)
        }
        guard type == .counter, endsInTotal, ["count", "sum", "bucket", "created"].contains(parts.lastWord) else {
            return
        }
        let message = "without '_total' the name '\(name.value)' ends in '_\(parts.lastWord)', like a sample"
        sink.report(familyReserved, at: name.span, message)
    }
}
