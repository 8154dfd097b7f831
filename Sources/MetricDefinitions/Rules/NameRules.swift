/// The names of metrics.
package enum NameRules {
    package static let charset = Rule(
        "metric-name-charset",
        .error,
        "a metric's name matches [a-zA-Z_][a-zA-Z0-9_]*",
        why: "Other names must be quoted in PromQL, and older scrapers refuse them.",
        bad: "metrics:\n  - {name: shop-jobs-total, type: counter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let colon = Rule(
        "metric-name-colon",
        .error,
        "a metric's name has no colon",
        why: "Colons mark what recording rules make.",
        bad: "metrics:\n  - {name: \"shop:jobs_total\", type: counter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_job_done_total, type: counter, documentation: Jobs done}\n"
    )
    package static let reservedPrefix = Rule(
        "reserved-prefix-underscore",
        .error,
        "a metric's name does not begin with an underscore",
        why: "OpenMetrics reserves such names.",
        bad: "metrics:\n  - {name: _jobs_total, type: counter, documentation: Jobs done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let namespacePrefix = Rule(
        "namespace-prefix",
        .error,
        "every name in a file begins with the file's namespace",
        why:
            "The namespace says whose metrics the file holds, and is dropped from Swift names; names stay whole so that they can be searched for.",
        bad: "namespace: shop\nmetrics:\n  - {name: store_jobs_total, type: counter, documentation: Jobs done}\n",
        good: "namespace: shop\nmetrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let namespaceCharset = Rule(
        "namespace-charset",
        .error,
        "a namespace matches [a-zA-Z][a-zA-Z0-9_]*, without an underscore at its end",
        why: "It is the beginning of every name in the file.",
        bad: "namespace: shop_\nmetrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n",
        good: "namespace: shop\nmetrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let infoSuffix = Rule(
        "info-suffix",
        .error,
        "the name of an info ends in _info",
        why: "OpenMetrics requires it: the sample of a family 'build' is 'build_info'.",
        bad: "metrics:\n  - {name: shop_build, type: info, documentation: The build, labels: [version]}\n",
        good: "metrics:\n  - {name: shop_build_info, type: info, documentation: The build, labels: [version]}\n"
    )

    package static let family = RuleFamily(
        title: "Names",
        rules: [charset, colon, reservedPrefix, namespacePrefix, namespaceCharset, infoSuffix],
        checks: [checkNamespaces, RuleFamily.eachMetric(checkName)]
    )

    /// Whether a text is a name by Prometheus' older rule, colons aside.
    static func isName(_ text: String) -> Bool { SwiftIdentifier.isValid(text) }

    private static func checkName(_ metric: MetricDefinition, _ context: CheckContext, _ sink: inout DiagnosticSink) {
        guard let name = metric.name else { return }
        if name.value.utf8.contains(UInt8(ascii: ":")) {
            sink.report(
                colon,
                at: name.span,
                "the name '\(name.value)' has a colon, which is for recording rules",
                suggestion: "write '\(repaired(name.value))'"
            )
        } else if !isName(name.value) {
            let suggestion = repaired(name.value)
            sink.report(
                charset,
                at: name.span,
                "the name '\(name.value)' must match [a-zA-Z_][a-zA-Z0-9_]*",
                suggestion: isName(suggestion) && suggestion != name.value ? "write '\(suggestion)'" : nil
            )
        } else if name.value.hasPrefix("_") {
            sink.report(reservedPrefix, at: name.span, "the name '\(name.value)' begins with an underscore")
        }
        if metric.type?.value == .info, case let meant = repaired(name.value), !meant.hasSuffix("_info") {
            let message = "'\(name.value)' is an info, and its name must end in '_info'"
            sink.report(infoSuffix, at: name.span, message, suggestion: "write '\(meant)_info'")
        }
    }

    private static func checkNamespaces(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for file in context.files {
            guard let namespace = file.namespace, !namespace.value.allSatisfy(\.isWhitespace) else { continue }
            let text = namespace.value
            guard isName(text), !text.hasPrefix("_"), !text.hasSuffix("_") else {
                sink.report(
                    namespaceCharset,
                    at: namespace.span,
                    "the namespace '\(text)' must match [a-zA-Z][a-zA-Z0-9_]*, without an underscore at its end"
                )
                continue
            }
            for metric in file.metrics {
                guard let name = metric.name, !name.value.hasPrefix(text + "_") else { continue }
                let meant = repaired(name.value)
                guard !meant.hasPrefix(text + "_") else { continue }
                sink.report(
                    namespacePrefix,
                    at: name.span,
                    "the name '\(name.value)' must begin with the file's namespace '\(text)_'",
                    suggestion: isName(meant) ? "write '\(text)_\(meant)'" : nil,
                    notes: [Diagnostic.Note(message: "the namespace is given here", span: namespace.span)]
                )
            }
        }
    }

    /// What a name was meant to be: without blanks around it, and with an underscore for each character that a name
    /// cannot have. All checks but those of the characters take it for the name.
    static func repaired(_ name: String) -> String {
        guard !isName(name) else { return name }
        var text = String.UnicodeScalarView()
        let scalars = name.unicodeScalars.drop(while: \.properties.isWhitespace)
        for scalar in scalars.reversed().drop(while: \.properties.isWhitespace).reversed() {
            let isValid = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            text.append(isValid ? scalar : "_")
        }
        return String(text)
    }
}
