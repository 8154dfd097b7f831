/// Metrics that look like another type.
package enum TypeLints {
    package static let gaugeLikeCounter = Rule(
        "gauge-looks-like-counter",
        .warning,
        "what only grows is a counter",
        why: "Rates of a gauge are wrong after a restart; those of a counter are not.",
        bad: "metrics:\n  - {name: shop_orders, type: gauge, documentation: Total number of orders}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Total number of orders}\n"
    )
    package static let counterLikeGauge = Rule(
        "counter-looks-like-gauge",
        .warning,
        "what also falls is a gauge",
        why: "A counter cannot be decreased.",
        bad: "metrics:\n  - {name: shop_active_orders_total, type: counter, documentation: Orders not yet sent}\n",
        good: "metrics:\n  - {name: shop_active_orders, type: gauge, documentation: Orders not yet sent}\n"
    )
    package static let gaugeLikeStateSet = Rule(
        "gauge-looks-like-stateset",
        .warning,
        "one of several states is a state set",
        why: "A state set knows its states, so no state that was left keeps the value 1.",
        bad: """
            metrics:
              - name: shop_door
                type: gauge
                documentation: Whether the door is open (1) or shut (0)
                labels: [{name: state, values: [open, shut]}]
            """,
        good: """
            metrics:
              - name: shop_door
                type: stateset
                documentation: Whether the door is open or shut
                states: [open, shut]
            """
    )

    package static let family = RuleFamily(
        title: "Conventions for types",
        rules: [gaugeLikeCounter, counterLikeGauge, gaugeLikeStateSet],
        checks: [RuleFamily.eachName(check)]
    )

    private static let stateWords: Set<String> = ["state", "status"]

    private static func check(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let name = metric.name, let type = metric.type else { return }
        if type.value == .gauge, let help = metric.documentation.map({ TextSearch($0.value) }) {
            if help.beginsWithAny(of: ["total number of ", "total count of ", "cumulative "]) {
                let message = "'\(name.value)' is a gauge, but its documentation describes a counter"
                sink.report(gaugeLikeCounter, at: type.span, message, suggestion: "write 'type: counter'")
            }
            let label = metric.labels.lazy.compactMap(\.name).first { name in
                NameParts.words(name.value).last.map(stateWords.contains) ?? false
            }
            if let label, help.containsAny(of: ["(1", "(0", "1 if", "1 for", "1 when", "0 or 1", "1 or 0"]) {
                let message = "'\(name.value)' is 0 or 1 for each '\(label.value)': that is a state set"
                sink.report(gaugeLikeStateSet, at: type.span, message)
            }
        }
        guard type.value == .counter else { return }
        let phrases = [
            ["in", "progress"], ["in", "flight"], ["queue", "length"], ["queue", "size"], ["queue", "depth"],
            ["current"],
            ["active"],
        ]
        if let phrase = phrases.first(where: { parts.contains($0) }) {
            let words = phrase.joined(separator: "_")
            let message = "'\(name.value)' is a counter, but '\(words)' also falls"
            sink.report(counterLikeGauge, at: type.span, message, suggestion: "write 'type: gauge'")
        }
    }
}
