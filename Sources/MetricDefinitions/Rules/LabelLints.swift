/// Conventions for labels.
package enum LabelLints {
    package static let underscore = Rule(
        "label-reserved-underscore",
        .warning,
        "a label's name does not begin with an underscore",
        why: "OpenMetrics reserves such names.",
        bad: example("[{name: _queue, max_values: 10}]"),
        good: example("[{name: queue, max_values: 10}]")
    )
    package static let tooMany = Rule(
        "too-many-labels",
        .warning,
        "a metric has at most six labels",
        why:
            "Each multiplies the series of all others. More than 30 are an error: Mimir and Cortex take no such series, and usual scrape limits drop the whole target.",
        bad: example("[\((1...7).map { "{name: part\($0), max_values: 2}" }.joined(separator: ", "))]"),
        good: example("[\((1...6).map { "{name: part\($0), max_values: 2}" }.joined(separator: ", "))]")
    )
    package static let targetClash = Rule(
        "target-label-clash",
        .warning,
        "no label is called as those that Prometheus adds to a target: job, instance, env, region, …",
        why: "At the scrape one of the two is renamed to 'exported_…', or lost.",
        bad: example("[{name: instance, max_values: 10}]"),
        good: example("[{name: database, max_values: 10}]")
    )
    package static let generic = Rule(
        "generic-label",
        .note,
        "a label says whose type, name, value or id it holds",
        why: "'type' means something else in every metric, so nothing can be joined on it.",
        bad: example("[{name: type, values: [card, cash]}]"),
        good: example("[{name: payment, values: [card, cash]}]")
    )
    package static let unbounded = Rule(
        "unbounded-label",
        .warning,
        "a label that can take any value is bounded: by 'values' or 'max_values'",
        why:
            "User ids, addresses, paths, tokens and times make a new series for nearly every event, until memory or Prometheus gives up.",
        bad: example("[endpoint]"),
        good: example("[{name: endpoint, documentation: Route template, max_values: 200}]")
    )
    package static let withoutLimit = Rule(
        "dynamic-label-without-limit",
        .note,
        "every open label has 'max_values'",
        why: "Without it one label alone can use up 'max_series'; with it the budget can be computed.",
        bad: example("[queue]"),
        good: example("[{name: queue, max_values: 20}]")
    )
    package static let totalAsValue = Rule(
        "total-as-value",
        .warning,
        "no value of a label stands for the sum of the others",
        why: "Whoever sums over the label counts everything twice.",
        bad: example("[{name: queue, values: [fast, slow, total]}]"),
        good: example("[{name: queue, values: [fast, slow]}]")
    )
    package static let successFailure = Rule(
        "success-failure-label",
        .note,
        "successes and failures are two metrics: all, and those that failed",
        why: "The share of failures is then a plain division, and right before the first failure too.",
        bad: example("[{name: outcome, values: [success, failure]}]"),
        good: example("[{name: outcome, values: [delivered, returned, lost]}]")
    )
    package static let constantEverywhere = Rule(
        "constant-label-everywhere",
        .warning,
        "no constant label is the same on every metric",
        why: "Then it describes the target: set it in the scrape configuration, or expose an info metric.",
        bad: .files(["example.yaml": constants("a", "a", "a")]),
        good: .files(["example.yaml": constants("a", "a", "b")])
    )
    package static let meaningDiffers = Rule(
        "label-meaning-differs",
        .warning,
        "a label means the same in all metrics",
        why: "Series are joined on labels of the same name. A label set says it once.",
        bad: .files(["example.yaml": sizes("[{name: size, values: [s, m]}]", "[{name: size, values: [small]}]")]),
        good: .files(["example.yaml": sizes("[{name: size, values: [s, m]}]", "[{name: size, values: [s, m]}]")])
    )
    package static let setUnknown = Rule(
        "label-set-unknown",
        .warning,
        "a label that is nearly called as a label set is called as it",
        why: "A misspelt label set makes an open label of that name, without values or documentation.",
        bad: """
            label_sets:
              method: {values: [card, cash]}
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid, labels: [method]}
              - {name: shop_refunds_total, type: counter, documentation: Money returned, labels: [methd]}
            """,
        good: """
            label_sets:
              method: {values: [card, cash]}
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid, labels: [method]}
              - {name: shop_refunds_total, type: counter, documentation: Money returned, labels: [method]}
            """
    )
    package static let unusedSet = Rule(
        "unused-label-set",
        .warning,
        "a label set is used by a metric",
        why: "An unused one is left over, or its name is misspelt elsewhere.",
        bad: """
            label_sets:
              method: {values: [card, cash]}
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid}
            """,
        good: """
            label_sets:
              method: {values: [card, cash]}
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid, labels: [method]}
            """
    )

    package static let family = RuleFamily(
        title: "Conventions for labels",
        rules: [
            underscore, tooMany, targetClash, generic, unbounded, withoutLimit, totalAsValue, successFailure,
            constantEverywhere, meaningDiffers, setUnknown, unusedSet,
        ],
        checks: [
            RuleFamily.eachMetric(checkLabels), checkSets, checkConstants, checkMeanings, LabelSetLints.check,
        ]
    )

    private static let limit = 6
    private static let hardLimit = 30
    private static let targetLabels: Set<String> = [
        "job", "instance", "service", "team", "cluster", "region", "zone", "az", "datacenter", "dc", "env",
        "environment", "stage", "owner", "customer", "availability_zone",
    ]
    private static let genericNames: Set<String> = ["type", "name", "value", "id"]
    /// Words at the end of a label's name behind which anything can stand.
    private static let unboundedWords: Set<String> = [
        "email", "ip", "url", "uri", "path", "endpoint", "query", "sql", "session", "token", "uuid", "guid",
        "timestamp",
        "at", "pid", "hash",
    ]
    private static let unboundedNames: Set<String> = [
        "user_id", "session_id", "request_id", "trace_id", "span_id", "order_id", "customer_id", "account_id",
        "transaction_id", "user", "username", "date", "time",
    ]

    private static func checkLabels(_ metric: MetricDefinition, _ context: CheckContext, _ sink: inout DiagnosticSink) {
        if metric.labels.count > limit, let key = metric.keys["labels"] {
            let isError = metric.labels.count > hardLimit
            let message =
                "\(metric.labels.count) labels; at most \(isError ? hardLimit : limit) are \(isError ? "allowed" : "advised")"
            sink.report(tooMany, at: key, message, severity: isError ? .error : .warning)
        }
        for label in metric.labels {
            guard let name = label.name else { continue }
            let resolved = context.labelSets.resolve(label)
            let isOpen = resolved.values == nil && resolved.type?.value != .bool && resolved.maxValues == nil
            // What belongs to a label set is reported there.
            if context.labelSets.set(named: name.value) == nil || !label.takesLabelSet {
                checkName(name, "the label", &sink)
                checkValues(label, &sink)
            }
            guard isOpen, metric.type?.value != .info else { continue }
            // The label set of that name may stand in what could not be read.
            guard context.isComplete || !label.takesLabelSet else { continue }
            if isUnbounded(name.value) {
                sink.report(
                    unbounded,
                    at: name.span,
                    "the label '\(name.value)' can take any value",
                    suggestion: "add 'max_values', or 'values'"
                )
            } else {
                sink.report(withoutLimit, at: name.span, "the open label '\(name.value)' has no 'max_values'")
            }
        }
        for label in metric.constantLabels { checkName(label.name, "the constant label", &sink) }
    }

    private static func checkSets(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for set in context.files.lazy.flatMap(\.labelSets) {
            guard let name = set.name else { continue }
            NameLints.checkCase(name, "the label set", &sink)
            checkName(name, "the label set", &sink)
            checkValues(set, &sink)
        }
    }

    private static func checkName(_ name: Located<String>, _ subject: String, _ sink: inout DiagnosticSink) {
        if name.value.hasPrefix("_"), !name.value.hasPrefix("__"), NameRules.isName(name.value) {
            let message = "\(subject) '\(name.value)' begins with an underscore, which OpenMetrics reserves"
            sink.report(underscore, at: name.span, message)
        } else if targetLabels.contains(name.value) {
            let message = "\(subject) '\(name.value)' is mostly one of the target, which Prometheus adds"
            sink.report(targetClash, at: name.span, message)
        } else if genericNames.contains(name.value) {
            let message = "\(subject) '\(name.value)' says too little: whose \(name.value)?"
            sink.report(generic, at: name.span, message)
        }
    }

    private static func checkValues(_ label: LabelDefinition, _ sink: inout DiagnosticSink) {
        guard let values = label.values, let name = label.name?.value else { return }
        for value in values.map(\.value) + [label.other].compactMap({ $0 }) {
            guard ["total", "all"].contains(value.value.lowercased()) else { continue }
            let message = "the value '\(value.value)' of '\(name)' would count the others twice"
            sink.report(totalAsValue, at: value.span, message)
        }
        let texts = Set(values.map { $0.value.value.lowercased() })
        let pairs = [["success", "failure"], ["success", "error"], ["ok", "error"], ["succeeded", "failed"]]
        guard texts.count == 2, pairs.contains(where: { texts == Set($0) }), let span = label.valuesSpan else { return }
        let message = "'\(name)' tells success from failure: count all, and the failed ones in a metric of their own"
        sink.report(successFailure, at: span, message)
    }

    private static func isUnbounded(_ name: String) -> Bool {
        guard !unboundedNames.contains(name) else { return true }
        return NameParts.words(name).last.map(unboundedWords.contains) ?? false
    }

    private static func checkConstants(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        guard context.metrics.count >= 3, let first = context.metrics.first else { return }
        for label in first.constantLabels {
            let isEverywhere = context.metrics.allSatisfy { metric in
                metric.constantLabels.contains {
                    $0.name.value == label.name.value && $0.value.value == label.value.value
                }
            }
            guard isEverywhere else { continue }
            let message = "every metric has the constant label '\(label.name.value)': it describes the target"
            sink.report(constantEverywhere, at: label.name.span, message)
        }
    }

    private static func checkMeanings(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: LabelDefinition] = [:]
        for label in context.metrics.lazy.flatMap(\.labels) {
            guard let name = label.name else { continue }
            let resolved = context.labelSets.resolve(label)
            guard let other = first[name.value] else {
                first[name.value] = resolved
                continue
            }
            let values = differing(members(of: other), members(of: resolved))
            let help = differing(other.documentation?.value, resolved.documentation?.value)
            guard values || help else { continue }
            // A metric that only words a label set's documentation its own way means the same.
            guard values || label.documentation == nil || context.labelSets.set(named: name.value) == nil else {
                continue
            }
            let note = Diagnostic.Note(message: "the other is here", span: other.name?.span ?? other.span)
            sink.report(
                meaningDiffers,
                at: name.span,
                "the label '\(name.value)' has other \(values ? "values" : "documentation") in another metric",
                suggestion: "make it a label set, or rename one",
                notes: [note]
            )
        }
    }

    private static func members(of label: LabelDefinition) -> [String]? { label.values?.map(\.value.value).sorted() }

    private static func differing<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
        left != nil && right != nil && left != right
    }

    private static func example(_ labels: String) -> RuleExample {
        .files([
            "example.yaml": """
            metrics:
              - name: shop_orders_total
                type: counter
                documentation: Orders that were paid
                labels: \(labels)
            """
        ])
    }

    private static func constants(_ editions: String...) -> String {
        let metrics = editions.enumerated().map { index, edition in
            let keys = "type: gauge, documentation: Fill level, constant_labels: {edition: \(edition)}"
            return "  - {name: shop_shelf\(index), \(keys)}\n"
        }
        return "metrics:\n" + metrics.joined()
    }

    private static func sizes(_ first: String, _ second: String) -> String {
        """
        metrics:
          - {name: shop_orders_total, type: counter, documentation: Orders that were paid, labels: \(first)}
          - {name: shop_refunds_total, type: counter, documentation: Money returned, labels: \(second)}
        """
    }
}

/// Label sets and what refers to them.
enum LabelSetLints {
    static func check(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var used: Set<String> = []
        let names = context.labelSets.names
        // Most labels repeat, so each name is compared once.
        var nearest: [String: String?] = [:]
        for label in context.metrics.lazy.flatMap(\.labels) {
            guard let name = label.name, label.takesLabelSet else { continue }
            guard context.labelSets.set(named: name.value) == nil else {
                used.insert(name.value)
                continue
            }
            guard name.value.utf8.count > 3 else { continue }
            let near = nearest[name.value] ?? Suggestion.nearest(to: name.value, in: names)
            nearest[name.value] = .some(near)
            guard let near else { continue }
            sink.report(
                LabelLints.setUnknown,
                at: name.span,
                "no label set is called '\(name.value)', so the label is open",
                suggestion: "did you mean '\(near)'?"
            )
            used.insert(near)
        }
        guard context.isComplete else { return }
        for set in context.files.lazy.flatMap(\.labelSets) {
            guard let name = set.name, !used.contains(name.value) else { continue }
            sink.report(LabelLints.unusedSet, at: name.span, "no metric uses the label set '\(name.value)'")
        }
    }
}
