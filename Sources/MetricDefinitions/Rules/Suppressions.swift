/// Switches off what definitions allow, and reports what they allow in vain.
enum Suppressions {
    static func apply(_ diagnostics: [Diagnostic], _ files: [DefinitionFile]) -> [Diagnostic] {
        var sink = DiagnosticSink()
        var index = AllowIndex()
        for file in files {
            for allow in file.allow + file.metrics.flatMap(\.allow) {
                guard let name = allow.rule else { continue }
                guard let rule = RuleTable.rule(Rule.ID(name.value)), rule.canBeAllowed else {
                    reportUnknown(name, &sink)
                    continue
                }
                index.add(allow, rule: rule.id, source: file.source)
                if allow.reason.map({ $0.value.allSatisfy(\.isWhitespace) }) ?? true {
                    let message = "'\(name.value)' is allowed without a 'reason'"
                    sink.report(KeyRules.allowWithoutReason, at: name.span, message)
                }
            }
        }
        guard !index.isEmpty else { return diagnostics + sink.diagnostics }
        index.sort()
        let remaining = diagnostics.filter { $0.severity == .error || !index.use(for: $0) }
        for allow in index.unused {
            guard let name = allow.rule else { continue }
            let message = "'\(name.value)' is allowed here, but nothing breaks it"
            sink.report(KeyRules.unusedAllow, at: name.span, message)
        }
        return remaining + sink.diagnostics
    }

    private static func reportUnknown(_ name: Located<String>, _ sink: inout DiagnosticSink) {
        guard RuleTable.rule(Rule.ID(name.value)) == nil else {
            let message = "'\(name.value)' cannot be allowed: what it finds must be mended"
            sink.report(KeyRules.unknownLint, at: name.span, message)
            return
        }
        let names: [String] = RuleTable.all.filter(\.canBeAllowed).map(\.id.text)
        sink.report(
            KeyRules.unknownLint,
            at: name.span,
            "no rule is called '\(name.value)'",
            suggestion: Suggestion.didYouMean(name.value, in: names)
        )
    }
}

extension Rule {
    /// Errors must be mended, and reports about suppressions cannot be suppressed.
    var canBeAllowed: Bool {
        severity != .error
            && ![KeyRules.unknownLint, KeyRules.unusedAllow, KeyRules.allowWithoutReason].contains { $0.id == id }
    }
}

/// The entries of `allow` by rule and file, with those of metrics in their order, so that one search finds the entry.
private struct AllowIndex {
    private struct Key: Hashable {
        var rule: Rule.ID
        var source: SourceID
    }

    private struct Entry {
        var allow: AllowDefinition
        var scope: SourceSpan
        var isUsed = false
    }

    private var ofMetrics: [Key: [Entry]] = [:]
    private var ofFiles: [Key: [Entry]] = [:]

    var isEmpty: Bool { ofMetrics.isEmpty && ofFiles.isEmpty }

    mutating func add(_ allow: AllowDefinition, rule: Rule.ID, source: SourceID) {
        let key = Key(rule: rule, source: source)
        if let scope = allow.scope {
            ofMetrics[key, default: []].append(Entry(allow: allow, scope: scope))
        } else {
            ofFiles[key, default: []].append(Entry(allow: allow, scope: allow.span))
        }
    }

    mutating func sort() {
        for key in Array(ofMetrics.keys) { ofMetrics[key]?.sort { $0.scope.start < $1.scope.start } }
    }

    /// Whether an entry switches the diagnostic off: one of its metric, or else one of its file.
    mutating func use(for diagnostic: Diagnostic) -> Bool {
        let key = Key(rule: diagnostic.rule, source: diagnostic.span.source)
        if let entries = ofMetrics[key], let entry = Self.entry(around: diagnostic.span, in: entries) {
            ofMetrics[key]?[entry].isUsed = true
            return true
        }
        guard ofFiles[key] != nil else { return false }
        ofFiles[key]?[0].isUsed = true
        return true
    }

    /// Those that switched nothing off; a second entry for the same has nothing left.
    var unused: [AllowDefinition] {
        (Array(ofMetrics.values) + Array(ofFiles.values)).flatMap { $0 }.filter { !$0.isUsed }.map(\.allow)
    }

    /// Metrics do not overlap, so only the last that begins before the place can hold it.
    private static func entry(around span: SourceSpan, in entries: [Entry]) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].scope.start <= span.start { low = middle + 1 } else { high = middle }
        }
        // Of several entries of one metric the first is used.
        guard low > 0, entries[low - 1].scope.contains(span) else { return nil }
        var found = low - 1
        while found > 0, entries[found - 1].scope == entries[low - 1].scope { found -= 1 }
        return found
    }
}
