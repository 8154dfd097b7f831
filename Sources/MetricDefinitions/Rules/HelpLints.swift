/// What documentation says.
package enum HelpLints {
    package static let placeholder = Rule(
        "help-placeholder",
        .warning,
        "documentation is no placeholder",
        why: "It reaches everyone who scrapes the program.",
        bad: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: TODO}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders that were paid}\n"
    )
    package static let repeatsName = Rule(
        "help-repeats-name",
        .warning,
        "documentation says more than the name",
        why: "Say what counts, when it counts, and what does not.",
        bad: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Shop orders total}\n",
        good: "metrics:\n  - {name: shop_orders_total, type: counter, documentation: Orders that were paid}\n"
    )
    package static let unitContradiction = Rule(
        "help-unit-contradiction",
        .warning,
        "documentation names the unit that the metric has",
        why: "One of the two is wrong.",
        bad:
            "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Last wait in milliseconds, unit: seconds}\n",
        good:
            "metrics:\n  - {name: shop_wait_seconds, type: gauge, documentation: Last wait in seconds, unit: seconds}\n"
    )
    package static let tooLong = Rule(
        "help-too-long",
        .note,
        "documentation has at most 200 characters",
        why: "It is shown as a tooltip, and sent with every scrape.",
        bad: .files(["example.yaml": orders(documentation: String(repeating: "very ", count: 40) + "long")]),
        good: .files(["example.yaml": orders(documentation: "Orders that were paid")])
    )
    package static let newline = Rule(
        "help-newline",
        .note,
        "documentation is one line",
        why: "Line breaks are escaped in the text format, and shown as '\\n' by many tools.",
        bad: .files(["example.yaml": orders(documentation: "\"Orders.\\nPaid ones.\"")]),
        good: .files(["example.yaml": orders(documentation: "Orders that were paid")])
    )
    package static let labelUndocumented = Rule(
        "label-doc-missing",
        .note,
        "labels are documented",
        why:
            "A label's values mean nothing to a reader who does not know where they come from. For stable metrics a warning.",
        bad: .files([
            "example.yaml": """
            metrics:
              - name: shop_orders_total
                type: counter
                documentation: Orders that were paid
                labels: [{name: queue, max_values: 10}]
            """
        ]),
        good: .files([
            "example.yaml": """
            metrics:
              - name: shop_orders_total
                type: counter
                documentation: Orders that were paid
                stability: stable
                labels: [{name: queue, documentation: Where the order waited, max_values: 10}]
            """
        ])
    )

    package static let family = RuleFamily(
        title: "Documentation",
        rules: [placeholder, repeatsName, unitContradiction, tooLong, newline, labelUndocumented],
        checks: [RuleFamily.eachName(check), RuleFamily.eachMetric(checkLabels)]
    )

    private static let lengthLimit = 200
    private static let placeholders: Set<String> = ["todo", "tbd", "fixme", "xxx", "placeholder", "undocumented"]
    /// So few that searching them is faster than hashing.
    private static let fillers = ["the", "a", "an", "of"]

    private static func check(
        _ metric: MetricDefinition,
        _ parts: NameParts,
        _: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        guard let help = metric.documentation, !help.value.allSatisfy(\.isWhitespace) else { return }
        let words = words(help.value)
        if words.isEmpty || words.first.map(placeholders.contains) == true || (words.count == 2 && words == ["n", "a"])
        {
            let message = "the documentation '\(help.value)' is a placeholder: say what the metric means"
            sink.report(placeholder, at: help.span, message)
            return
        }
        if metric.name != nil, repeats(words, parts) {
            sink.report(
                repeatsName,
                at: help.span,
                "the documentation only repeats the name: say what counts, and when"
            )
        }
        if help.value.utf8.count > lengthLimit, help.value.count > lengthLimit {
            let message = "the documentation has \(help.value.count) characters; \(lengthLimit) fit into a tooltip"
            sink.report(tooLong, at: help.span, message)
        }
        if help.value.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            sink.report(newline, at: help.span, "the documentation has a line break, which expositions escape")
        }
        guard let unit = metric.unit?.value, UnitTable.word(unit) != nil else { return }
        for (before, word) in zip(words, words.dropFirst()) where before == "in" && word != unit {
            guard let other = UnitTable.word(word), other.kind != .abbreviation, other.kind != .singular else {
                continue
            }
            // 'in percent' of a percentage, 'in metres' of meters.
            guard other.kind != .base || other.base != UnitTable.base(of: unit) else { continue }
            let message = "the documentation says '\(word)', but the unit is '\(unit)'"
            sink.report(unitContradiction, at: help.span, message)
        }
    }

    /// Whether the words are those of the name, with its namespace and suffix or without.
    private static func repeats(_ words: [String], _ parts: NameParts) -> Bool {
        let last = words.last { !fillers.contains($0) }
        // Most documentation ends in another word.
        guard last == nil || last == parts.words.last || last == parts.stem.last else { return false }
        let content = words.filter { !fillers.contains($0) }
        return content == parts.words || content.elementsEqual(parts.words.dropFirst(parts.stemStart))
            || content.elementsEqual(parts.stem)
    }

    private static func checkLabels(_ metric: MetricDefinition, _ context: CheckContext, _ sink: inout DiagnosticSink) {
        for label in metric.labels {
            guard let name = label.name, context.labelSets.resolve(label).documentation == nil else { continue }
            sink.report(
                labelUndocumented,
                at: name.span,
                "the label '\(name.value)' is not documented",
                severity: metric.stability?.value == .stable ? .warning : .note,
                suggestion: "add 'documentation', here or to a label set"
            )
        }
    }

    /// The words of a text in lower case.
    private static func words(_ text: String) -> [String] {
        text.lowercased().runs { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte >= 0x80
        }
    }

    private static func orders(documentation: String) -> String {
        """
        metrics:
          - name: shop_orders_total
            type: counter
            documentation: \(documentation)
        """
    }
}
