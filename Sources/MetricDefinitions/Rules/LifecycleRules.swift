/// Deprecation.
package enum LifecycleRules {
    package static let renamedToUnknown = Rule(
        "renamed-to-unknown",
        .error,
        "'replaced_by' names another metric of the definitions",
        why: "It becomes the fix that the compiler offers.",
        bad: """
            metrics:
              - {name: shop_jobs_total, type: counter, documentation: Jobs done, deprecated: {replaced_by: shop_job_total}}
              - {name: shop_job_runs_total, type: counter, documentation: Jobs done}
            """,
        good: """
            metrics:
              - {name: shop_jobs_total, type: counter, documentation: Jobs done, deprecated: {replaced_by: shop_job_runs_total}}
              - {name: shop_job_runs_total, type: counter, documentation: Jobs done}
            """
    )

    package static let noteMissing = Rule(
        "deprecated-note-missing",
        .warning,
        "a deprecation says what to do instead: 'message' or 'replaced_by'",
        why: "It becomes the compiler's warning; without either, users know only that they should stop.",
        bad:
            "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Work done, deprecated: {since: \"2.0\"}}\n",
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Work done
                deprecated: {since: "2.0", message: Jobs are no longer counted}
            """
    )
    package static let sinceFormat = Rule(
        "deprecated-since-format",
        .error,
        "'since' is a version: 2, 2.1 or 2.1.0",
        why: "Versions are compared, and shown in the documentation; dates and names are not versions.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Work done
                deprecated: {since: last summer, message: Jobs are no longer counted}
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Work done
                since: "1.4"
                deprecated: {since: 2.0.0, message: Jobs are no longer counted}
            """
    )
    package static let stabilityInversion = Rule(
        "stability-inversion",
        .warning,
        "a stable metric is not replaced by one that may still change",
        why: "Users would move from a promise to none.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Work done
                stability: stable
                deprecated: {replaced_by: shop_tasks_total}
              - {name: shop_tasks_total, type: counter, documentation: Work begun, stability: development}
            """,
        good: """
            metrics:
              - name: shop_jobs_total
                type: counter
                documentation: Work done
                stability: stable
                deprecated: {replaced_by: shop_tasks_total}
              - {name: shop_tasks_total, type: counter, documentation: Work begun, stability: stable}
            """
    )

    package static let family = RuleFamily(
        title: "Lifecycle",
        rules: [renamedToUnknown, noteMissing, sinceFormat, stabilityInversion],
        checks: [
            checkReplacements, RuleFamily.eachMetric(checkNote), RuleFamily.eachMetric(checkVersions), checkStability,
        ]
    )

    private static func checkNote(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        guard let deprecated = metric.deprecated, deprecated.message == nil, deprecated.replacedBy == nil else {
            return
        }
        let message = "'deprecated' says neither 'message' nor 'replaced_by'"
        sink.report(noteMissing, at: deprecated.span, message, suggestion: "say what to do instead")
    }

    private static func checkVersions(_ metric: MetricDefinition, _: CheckContext, _ sink: inout DiagnosticSink) {
        for since in [metric.since, metric.deprecated?.since].compactMap({ $0 }) {
            // An empty text is reported as such.
            guard !since.value.allSatisfy(\.isWhitespace), !isVersion(since.value) else { continue }
            sink.report(sinceFormat, at: since.span, "'\(since.value)' is not a version: write 2, 2.1 or 2.1.0")
        }
    }

    /// One to four numbers with dots between, and what semantic versions allow behind them.
    private static func isVersion(_ text: String) -> Bool {
        let core = text.prefix { $0 != "-" && $0 != "+" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        return (1...4).contains(numbers.count)
            && numbers.allSatisfy {
                !$0.isEmpty && $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }

    private static func checkStability(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var byName: [String: MetricDefinition]?
        for metric in context.metrics where metric.stability?.value == .stable {
            guard let target = metric.deprecated?.replacedBy else { continue }
            let metrics =
                byName
                ?? Dictionary(context.metrics.compactMap { metric in metric.name.map { ($0.value, metric) } }) {
                    first,
                    _ in
                    first
                }
            byName = metrics
            guard let stability = metrics[target.value]?.stability, stability.value != .stable else { continue }
            let message = "a stable metric is replaced by '\(target.value)', which is \(stability.value.rawValue)"
            let note = Diagnostic.Note(message: "its stability is given here", span: stability.span)
            sink.report(stabilityInversion, at: target.span, message, notes: [note])
        }
    }

    private static func checkReplacements(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        let names = Set(context.metrics.compactMap(\.name?.value))
        for metric in context.metrics {
            guard let target = metric.deprecated?.replacedBy, !target.value.allSatisfy(\.isWhitespace) else { continue }
            if target.value == metric.name?.value {
                sink.report(renamedToUnknown, at: target.span, "the metric cannot be replaced by itself")
            } else if !names.contains(target.value), context.isComplete {
                sink.report(
                    renamedToUnknown,
                    at: target.span,
                    "no metric is called '\(target.value)'",
                    suggestion: Suggestion.didYouMean(target.value, in: names.sorted())
                )
            }
        }
    }
}
