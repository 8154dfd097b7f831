/// Collects the problems of a run.
///
/// Every stage goes on after a problem, so that one run reports them all.
package struct DiagnosticSink: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []
    private var errors: [SourceID: Int] = [:]

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
        let severity = severity ?? rule.severity
        if severity == .error {
            errors[span.source, default: 0] += 1
            let count = errors[span.source] ?? 0
            guard count <= FileRules.errorLimit else {
                guard count == FileRules.errorLimit + 1 else { return }
                diagnostics.append(
                    Diagnostic(
                        rule: FileRules.tooManyErrors.id,
                        severity: .error,
                        span: span,
                        message: "more than \(FileRules.errorLimit) errors in this file; the others are left out"
                    )
                )
                return
            }
        }
        diagnostics.append(
            Diagnostic(
                rule: rule.id,
                severity: severity,
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
