/// What belongs to a type of metric.
package enum TypeRules {
    package static let states = Rule(
        "stateset-states",
        .error,
        "a state set has from 1 to 256 states",
        why: "Each state is a series with the value 0 or 1.",
        bad: "metrics:\n  - {name: shop_door, type: stateset, documentation: Door, states: []}\n",
        good: "metrics:\n  - {name: shop_door, type: stateset, documentation: Door, states: [open, shut]}\n"
    )
    package static let closedCombinations = Rule(
        "closed-combinations",
        .error,
        "the closed sets of a metric have at most a million combinations",
        why: "They are numbered, and each may become a series; so many can only be a mistake.",
        bad: .files(["example.yaml": combinations(labels: 4)]),
        good: .files(["example.yaml": combinations(labels: 2)])
    )

    package static let family = RuleFamily(
        title: "Types",
        rules: [states, closedCombinations],
        checks: [RuleFamily.eachMetric(checkStates), RuleFamily.eachMetric(checkCombinations)]
    )

    private static let combinationLimit = 1_000_000

    private static func checkStates(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        guard metric.type?.value == .stateset, let key = metric.keys["states"], let given = metric.states else {
            return
        }
        if given.isEmpty { sink.report(states, at: key, "'states' needs at least one state") }
        if given.count > LabelRules.valueLimit {
            let message = "'states' has \(given.count) states; at most \(LabelRules.valueLimit) are allowed"
            sink.report(states, at: key, message)
        }
        LabelRules.checkDistinct(given, "of 'states'", &sink)
    }

    private static func checkCombinations(
        _ metric: MetricDefinition,
        _ context: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        var product = metric.type?.value == .stateset ? max(metric.states?.count ?? 1, 1) : 1
        for label in metric.labels {
            let resolved = context.labelSets.resolve(label)
            if let values = resolved.values {
                product = product.multipliedSaturating(by: max(values.count + (resolved.other == nil ? 0 : 1), 1))
            } else if resolved.type?.value == .bool {
                product = product.multipliedSaturating(by: 2)
            }
        }
        guard product > combinationLimit, let key = metric.keys["labels"] else { return }
        let message = "the closed sets of the labels have more than \(combinationLimit) combinations"
        sink.report(closedCombinations, at: key, message)
    }

    private static func combinations(labels: Int) -> String {
        let values = (0..<40).map { "v\($0)" }.joined(separator: ", ")
        let list = (0..<labels).map { "      - {name: label\($0), values: [\(values)]}" }.joined(separator: "\n")
        return """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                labels:
            \(list)
            """
    }
}

extension Int {
    /// The product, or `Int.max` where it does not fit.
    fileprivate func multipliedSaturating(by other: Int) -> Int {
        let (value, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : value
    }
}
