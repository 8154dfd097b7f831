/// Collects the problems of a run.
///
/// Every stage goes on after a problem, so that one run reports them all.
package struct DiagnosticSink: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []

    package init() {}

    /// Adds a problem that breaks `rule`, with the severity of the rule where no other is given.
    package mutating func report(
        _ rule: Rule,
        at span: SourceSpan,
        _ message: String,
        severity: Severity? = nil,
        suggestion: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(
            Diagnostic(
                rule: rule.id,
                severity: severity ?? rule.severity,
                span: span,
                message: message,
                suggestion: suggestion,
                notes: notes
            )
        )
    }

    /// Adds what another sink collected.
    package mutating func append(_ other: DiagnosticSink) {
        diagnostics.append(contentsOf: other.diagnostics)
    }
}
