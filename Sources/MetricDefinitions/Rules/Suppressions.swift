/// Switches off what definitions allow, and reports what they allow in vain.
enum Suppressions {
    static func apply(_ diagnostics: [Diagnostic], _ files: [DefinitionFile]) -> [Diagnostic] {
        var sink = DiagnosticSink()
        var remaining = diagnostics
        for allow in files.flatMap({ file in file.metrics.flatMap(\.allow) + file.allow }) {
            guard let name = allow.rule else { continue }
            guard let rule = RuleTable.rule(Rule.ID(name.value)), rule.severity != .error, canBeAllowed(rule) else {
                let isError = RuleTable.rule(Rule.ID(name.value)) != nil
                let names = RuleTable.all.filter { $0.severity != .error && canBeAllowed($0) }.map(\.id.text)
                let message =
                    isError
                    ? "'\(name.value)' cannot be allowed: what it finds must be mended"
                    : "no rule is called '\(name.value)'"
                let suggestion = Suggestion.didYouMean(name.value, in: names)
                sink.report(KeyRules.unknownLint, at: name.span, message, suggestion: isError ? nil : suggestion)
                continue
            }
            let count = remaining.count
            remaining.removeAll { diagnostic in
                diagnostic.rule == rule.id && diagnostic.severity != .error
                    && (allow.scope?.contains(diagnostic.span) ?? (diagnostic.span.source == name.span.source))
            }
            if remaining.count == count {
                sink.report(
                    KeyRules.unusedAllow,
                    at: name.span,
                    "'\(name.value)' is allowed here, but nothing breaks it"
                )
            }
            if allow.reason.map({ $0.value.allSatisfy(\.isWhitespace) }) ?? true {
                sink.report(KeyRules.allowWithoutReason, at: name.span, "'\(name.value)' is allowed without a 'reason'")
            }
        }
        return remaining + sink.diagnostics
    }

    /// Reports about suppressions cannot be suppressed.
    private static func canBeAllowed(_ rule: Rule) -> Bool {
        ![KeyRules.unknownLint, KeyRules.unusedAllow, KeyRules.allowWithoutReason].contains { $0.id == rule.id }
    }
}
