/// Labels, label sets and their values.
package enum LabelRules {
    package static let charset = Rule(
        "label-name-charset",
        .error,
        "a label's name matches [a-zA-Z_][a-zA-Z0-9_]*",
        why: "Other names must be quoted in PromQL, and older scrapers refuse them.",
        bad: example("[queue-name]"),
        good: example("[queue_name]")
    )
    package static let dunder = Rule(
        "label-reserved-dunder",
        .error,
        "a label's name does not begin with two underscores",
        why: "Prometheus keeps such names for itself.",
        bad: example("[__queue]"),
        good: example("[queue]")
    )
    package static let le = Rule(
        "label-le",
        .error,
        "no label is called 'le'",
        why: "It is the bound of a histogram's bucket.",
        bad: example("[le]"),
        good: example("[bound]")
    )
    package static let quantile = Rule(
        "label-quantile",
        .error,
        "no label is called 'quantile'",
        why: "It is the quantile of a summary.",
        bad: example("[quantile]"),
        good: example("[share]")
    )
    package static let pid = Rule(
        "label-pid",
        .error,
        "a gauge of mode all or liveall has no label 'pid'",
        why: "The merge of several processes adds it, to tell them apart. With another mode the label is yours.",
        bad: "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting, labels: [pid]}\n",
        good:
            "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting, labels: [{name: pid, max_values: 64}], multiprocess_mode: sum}\n"
    )
    package static let duplicate = Rule(
        "duplicate-label",
        .error,
        "a metric has a label once",
        why: "A series with the same label twice makes a scrape invalid.",
        bad: example("[queue, queue]"),
        good: example("[queue, worker]")
    )
    package static let constantClash = Rule(
        "const-label-clash",
        .error,
        "a constant label is not a label too",
        why: "Every series would have the label twice.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                labels: [queue]
                constant_labels: {queue: fast}
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                labels: [queue]
                constant_labels: {edition: pro}
            """
    )
    package static let stateSetLabel = Rule(
        "stateset-label-is-name",
        .error,
        "no label of a state set is called as the metric",
        why: "That label holds the state.",
        bad:
            "metrics:\n  - {name: shop_door, type: stateset, documentation: Door, states: [open, shut], labels: [shop_door]}\n",
        good:
            "metrics:\n  - {name: shop_door, type: stateset, documentation: Door, states: [open, shut], labels: [room]}\n"
    )
    package static let typeConflict = Rule(
        "label-type-conflict",
        .error,
        "'values', 'other', 'max_values' and 'type' of a label fit together",
        why:
            "'values' make a closed set: it needs no 'max_values', and its type is an enum. 'other' belongs to 'values'. A bool has its two values.",
        bad: example("[{name: queue, values: [fast, slow], max_values: 2}]"),
        good: example("[{name: queue, values: [fast, slow], other: other}]")
    )
    package static let noValues = Rule(
        "label-without-values",
        .error,
        "a closed set has at least one value",
        why: "A label without a possible value could never be set.",
        bad: example("[{name: queue, values: []}]"),
        good: example("[{name: queue, values: [fast]}]")
    )
    package static let duplicateValue = Rule(
        "enum-duplicate-value",
        .error,
        "a value stands once in its set, 'other' and states included",
        why: "Two cases with the same text would share a series.",
        bad: example("[{name: queue, values: [fast, slow, fast]}]"),
        good: example("[{name: queue, values: [fast, slow]}]")
    )
    package static let emptyValue = Rule(
        "enum-empty-value",
        .error,
        "a value is not empty",
        why: "Prometheus takes an empty value for an absent label.",
        bad: example("[{name: queue, values: [fast, \"\"]}]"),
        good: example("[{name: queue, values: [fast, none]}]")
    )
    package static let tooManyValues = Rule(
        "too-many-values",
        .error,
        "a closed set has at most 256 values, 'other' included",
        why: "Its index is a byte; a longer list is better an open label with 'max_values'.",
        bad: example("[{name: queue, values: [\((0...256).map { "q\($0)" }.joined(separator: ", "))]}]"),
        good: example("[{name: queue, max_values: 257}]")
    )
    package static let seriesBudget = Rule(
        "series-budget",
        .warning,
        "the labels' values multiply to at most 'max_series'",
        why:
            "What comes after is folded into series whose open labels say __overflow__. Raise 'max_series', bound the labels, or allow the rule where the combinations cannot all occur.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                max_series: 100
                labels: [{name: queue, max_values: 200}]
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                max_series: 200
                labels: [{name: queue, max_values: 200}]
            """
    )

    package static let family = RuleFamily(
        title: "Labels",
        rules: [
            charset, dunder, le, quantile, pid, duplicate, constantClash, stateSetLabel, typeConflict, noValues,
            duplicateValue, emptyValue, tooManyValues, seriesBudget,
        ],
        checks: [
            checkSets, RuleFamily.eachMetric(checkLabels), RuleFamily.eachMetric(checkConstantLabels),
            RuleFamily.eachMetric(checkBudget),
        ]
    )

    static let valueLimit = 256

    // MARK: Checks

    private static func checkSets(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for set in context.files.lazy.flatMap(\.labelSets) {
            if let name = set.name { checkName(name, "the label set", &sink) }
            checkValues(set, &sink)
        }
    }

    private static func checkLabels(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: SourceSpan] = [:]
        for label in metric.labels {
            checkValues(label, &sink)
            guard let name = label.name else { continue }
            checkName(name, "the label", &sink)
            checkMergeLabel(name, metric, &sink)
            if let span = first[name.value] {
                let note = Diagnostic.Note(message: "first here", span: span)
                sink.report(duplicate, at: name.span, "the metric has the label '\(name.value)' twice", notes: [note])
            } else {
                first[name.value] = name.span
            }
            if metric.type?.value == .stateset, name.value == metric.name?.value {
                let message = "the label '\(name.value)' of a state set holds its state: choose another name"
                sink.report(stateSetLabel, at: name.span, message)
            }
        }
    }

    private static func checkConstantLabels(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        for label in metric.constantLabels {
            checkName(label.name, "the constant label", &sink)
            checkMergeLabel(label.name, metric, &sink)
            if label.value.value.isEmpty {
                sink.report(emptyValue, at: label.value.span, "the value of '\(label.name.value)' is empty")
            }
            let clash = metric.labels.lazy.compactMap(\.name).first { $0.value == label.name.value }
            if let clash {
                let note = Diagnostic.Note(message: "the label is here", span: clash.span)
                let message = "'\(label.name.value)' is a label of the metric too"
                sink.report(constantClash, at: label.name.span, message, notes: [note])
            }
            if metric.type?.value == .stateset, label.name.value == metric.name?.value {
                let message = "the label '\(label.name.value)' of a state set holds its state: choose another name"
                sink.report(stateSetLabel, at: label.name.span, message)
            }
        }
    }

    private static func checkName(_ name: Located<String>, _ subject: String, _ sink: inout DiagnosticSink) {
        if name.value == "le" {
            sink.report(le, at: name.span, "\(subject) 'le' is the bound of a histogram's bucket: choose another name")
        } else if name.value == "quantile" {
            sink.report(quantile, at: name.span, "\(subject) 'quantile' is that of a summary: choose another name")
        } else if name.value.hasPrefix("__") {
            sink.report(dunder, at: name.span, "\(subject) '\(name.value)' begins with '__', which Prometheus reserves")
        } else if !NameRules.isName(name.value) {
            sink.report(charset, at: name.span, "\(subject) '\(name.value)' must match [a-zA-Z_][a-zA-Z0-9_]*")
        }
    }

    /// Gauges that the merge tells apart by process get a label for it.
    private static func checkMergeLabel(
        _ name: Located<String>,
        _ metric: MetricDefinition,
        _ sink: inout DiagnosticSink
    ) {
        guard name.value == "pid", metric.type?.value == .gauge else { return }
        let mode = metric.multiprocessMode?.value ?? .all
        guard mode.addsProcessLabel else { return }
        let message = "the label 'pid' is added by the merge of a gauge in mode \(mode.rawValue)"
        sink.report(pid, at: name.span, message, suggestion: "choose another name or another multiprocess_mode")
    }

    private static func checkValues(_ label: LabelDefinition, _ sink: inout DiagnosticSink) {
        let name = label.name?.value ?? ""
        if let other = label.other, label.values == nil {
            sink.report(typeConflict, at: other.span, "'other' of '\(name)' needs 'values': it stands for all others")
        }
        if let maxValues = label.maxValues {
            if label.values != nil {
                let message = "'max_values' of '\(name)' is for open labels; 'values' close the set"
                sink.report(typeConflict, at: maxValues.span, message)
            } else if label.type?.value == .bool {
                sink.report(
                    typeConflict,
                    at: maxValues.span,
                    "'\(name)' is a bool and has two values: drop 'max_values'"
                )
            }
        }
        guard let values = label.values, let span = label.valuesSpan else { return }
        if let type = label.type, type.value != .string {
            let message = "'\(name)' has 'values', so its type is an enum: drop 'type: \(type.value.rawValue)'"
            sink.report(typeConflict, at: type.span, message)
        }
        if values.isEmpty { sink.report(noValues, at: span, "'values' of '\(name)' needs at least one value") }
        let count = values.count + (label.other == nil ? 0 : 1)
        if count > valueLimit {
            sink.report(tooManyValues, at: span, "'\(name)' has \(count) values; at most \(valueLimit) are allowed")
        }
        checkDistinct(values.map(\.value) + [label.other].compactMap { $0 }, "of '\(name)'", &sink)
    }

    /// Values of a set, or states: none empty, none twice.
    static func checkDistinct(_ values: [Located<String>], _ subject: String, _ sink: inout DiagnosticSink) {
        var first: [String: SourceSpan] = [:]
        for value in values {
            if value.value.isEmpty {
                sink.report(
                    emptyValue,
                    at: value.span,
                    "a value \(subject) is empty, which Prometheus takes for absent"
                )
            } else if let span = first[value.value] {
                let note = Diagnostic.Note(message: "first here", span: span)
                let message = "the value '\(value.value)' \(subject) stands twice"
                sink.report(duplicateValue, at: value.span, message, notes: [note])
            } else {
                first[value.value] = value.span
            }
        }
    }

    private static func checkBudget(_ metric: MetricDefinition, _ context: CheckContext, _ sink: inout DiagnosticSink) {
        let budget = SeriesBudget(metric, labelSets: context.labelSets)
        let limit = metric.maxSeries?.value ?? SeriesBudget.standardLimit
        guard budget.exceeds(maxSeries: limit) else { return }
        let place = metric.maxSeries?.span ?? metric.keys["labels"] ?? metric.firstKey
        sink.report(
            seriesBudget,
            at: place,
            "\(budget.formula) are more than the \(limit) series of 'max_series'",
            suggestion: "raise 'max_series', or bound the labels further"
        )
    }

    private static func example(_ labels: String) -> RuleExample {
        .files([
            "example.yaml": """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Jobs done
                labels: \(labels)
            """
        ])
    }
}
