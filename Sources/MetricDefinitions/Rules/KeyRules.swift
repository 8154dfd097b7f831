/// Keys and the form of their values.
package enum KeyRules {
    package static let unknownKey = Rule(
        "unknown-key",
        .error,
        "every key is one that definitions have",
        why: "A misspelt key would be silently without effect.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, lables: [queue]}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: [queue]}\n"
    )
    package static let missingKey = Rule(
        "missing-key",
        .error,
        "required keys are present",
        why:
            "A metric needs 'name', 'type' and 'documentation'; a state set its 'states'; a label in a mapping its 'name'.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let wrongType = Rule(
        "wrong-type",
        .error,
        "a value has the form that its key wants",
        why: "Only YAML 1.2's own forms count: 'no' is text, 'true' is not; a number that is meant as text is quoted.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: queue}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: [queue]}\n"
    )
    package static let unknownValue = Rule(
        "unknown-value",
        .error,
        "a value is one of those that its key allows",
        why: "The message lists them, with the nearest one first.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: conter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let keyNotForType = Rule(
        "key-not-for-type",
        .error,
        "a key belongs to the metric's type",
        why:
            "'buckets' belong to histograms, 'states' to state sets, 'multiprocess_mode' to gauges: elsewhere they would do nothing.",
        bad: "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting, buckets: [1, 2]}\n",
        good: "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting, multiprocess_mode: sum}\n"
    )
    package static let outOfRange = Rule(
        "out-of-range",
        .error,
        "a number lies in its range",
        why: "'max_series' and 'max_values' are at least 1; a closed set has at most 256 values.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, max_series: 0}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, max_series: 1}\n"
    )
    package static let emptyText = Rule(
        "empty-text",
        .error,
        "a text is not empty",
        why: "An empty namespace, unit, version or message says nothing: leave the key out.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, unit: \"\"}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let helpEmpty = Rule(
        "help-empty",
        .error,
        "documentation is not empty",
        why: "It becomes the help text, the doc comment and the documentation page: say what the metric counts.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: \" \"}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let unknownLint = Rule(
        "unknown-lint",
        .warning,
        "'allow' names a rule that exists and that can be switched off",
        why: "Errors cannot be switched off, and a misspelt rule would switch off nothing.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                allow: [{rule: series-budgte, reason: one queue a process}]
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                max_series: 1
                labels: [{name: queue, values: [fast, slow]}]
                allow: [{rule: series-budget, reason: one queue a process}]
            """
    )
    package static let unusedAllow = Rule(
        "unused-allow",
        .warning,
        "'allow' switches off something that would be reported",
        why: "Left behind, it would hide the next problem of its kind.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                allow: [{rule: series-budget, reason: one queue a process}]
            """,
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let allowWithoutReason = Rule(
        "allow-without-reason",
        .warning,
        "'allow' says why",
        why: "Whoever reads the definition next must know whether the reason still holds.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                max_series: 1
                labels: [{name: queue, values: [fast, slow]}]
                allow: [{rule: series-budget}]
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                max_series: 1
                labels: [{name: queue, values: [fast, slow]}]
                allow: [{rule: series-budget, reason: one queue a process}]
            """
    )

    package static let family = RuleFamily(
        title: "Keys and values",
        rules: [
            unknownKey, missingKey, wrongType, unknownValue, keyNotForType, outOfRange, emptyText, helpEmpty,
            unknownLint, unusedAllow, allowWithoutReason,
        ],
        checks: [
            RuleFamily.eachMetric(checkKeysOfType), RuleFamily.eachMetric(checkTexts), checkFileTexts,
        ]
    )

    /// Keys that some types have not, or that some types need.
    private static let keysOfTypes = DefinitionSchema.metric.keys.filter { $0.types != nil || !$0.requiredFor.isEmpty }

    private static func checkKeysOfType(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        guard let type = metric.type else { return }
        for key in keysOfTypes {
            guard let span = metric.keys[key.name] else {
                if key.requiredFor.contains(type.value) {
                    let message = "a metric of type \(type.value.rawValue) needs the key '\(key.name)'"
                    sink.report(missingKey, at: metric.firstKey, message)
                }
                continue
            }
            guard let types = key.types, !types.contains(type.value) else { continue }
            let owners: String = types.map { "a \($0.rawValue)" }.joined(separator: " or ")
            sink.report(
                keyNotForType,
                at: span,
                "'\(key.name)' is not a key of a metric of type \(type.value.rawValue); it belongs to \(owners)",
                notes: [Diagnostic.Note(message: "the type is given here", span: type.span)]
            )
        }
    }

    private static func checkTexts(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        if let documentation = metric.documentation, isBlank(documentation.value) {
            sink.report(helpEmpty, at: documentation.span, "'documentation' is empty: say what the metric means")
        }
        func check(_ key: String, _ text: Located<String>?) {
            guard let text, isBlank(text.value) else { return }
            sink.report(emptyText, at: text.span, "'\(key)' is empty: write something, or leave the key out")
        }
        check("unit", metric.unit)
        check("swift_metrics_label", metric.swiftMetricsLabel)
        check("since", metric.since)
        guard let deprecated = metric.deprecated else { return }
        check("deprecated.since", deprecated.since)
        check("deprecated.message", deprecated.message)
        check("deprecated.replaced_by", deprecated.replacedBy)
    }

    private static func checkFileTexts(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for file in context.files {
            guard let namespace = file.namespace, isBlank(namespace.value) else { continue }
            sink.report(emptyText, at: namespace.span, "'namespace' is empty: write something, or leave the key out")
        }
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
