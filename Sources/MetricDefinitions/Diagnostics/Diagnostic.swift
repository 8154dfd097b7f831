/// How much a diagnostic weighs: an error keeps everything from being written.
package enum Severity: String, Sendable, Hashable, CaseIterable {
    case error
    case warning
    case note
}

/// One problem, found at one place.
package struct Diagnostic: Sendable, Hashable {
    /// A second place that belongs to the problem.
    package struct Note: Sendable, Hashable {
        package var message: String
        package var span: SourceSpan

        package init(message: String, span: SourceSpan) {
            self.message = message
            self.span = span
        }
    }

    /// The rule that was broken; see `RuleTable`.
    package var rule: Rule.ID
    package var severity: Severity
    /// The key or the value at fault.
    package var span: SourceSpan
    /// What is wrong, naming the key and the value at fault.
    package var message: String
    /// What to write instead, where there is something near.
    package var suggestion: String?
    package var notes: [Note]

    package init(
        rule: Rule.ID,
        severity: Severity,
        span: SourceSpan,
        message: String,
        suggestion: String? = nil,
        notes: [Note] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.span = span
        self.message = message
        self.suggestion = suggestion
        self.notes = notes
    }
}
