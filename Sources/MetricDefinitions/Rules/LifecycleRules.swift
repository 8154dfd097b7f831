/// Deprecation.
package enum LifecycleRules {
    package static let renamedToUnknown = Rule(
        "renamed-to-unknown",
        .error,
        "'replaced_by' names another metric of the definitions",
        why: "It becomes the fix that the compiler offers.",
        bad: """
            metrics:
              - {name: jobs_total, type: counter, documentation: Jobs done, deprecated: {replaced_by: job_total}}
              - {name: job_runs_total, type: counter, documentation: Jobs done}
            """,
        good: """
            metrics:
              - {name: jobs_total, type: counter, documentation: Jobs done, deprecated: {replaced_by: job_runs_total}}
              - {name: job_runs_total, type: counter, documentation: Jobs done}
            """
    )

    package static let family = RuleFamily(
        title: "Lifecycle",
        rules: [renamedToUnknown],
        checks: [checkReplacements]
    )

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
