/// All problems of a run in their final order, with the files that they speak of.
package struct DiagnosticReport: Sendable {
    package let sources: [SourceFile]
    package let diagnostics: [Diagnostic]

    /// Sorts by file, line, column and rule, and merges what was reported twice.
    package init(sources: [SourceFile], diagnostics: [Diagnostic]) {
        self.sources = sources
        let paths: [String] = sources.map(\.path)
        var seen: Set<Diagnostic> = []
        self.diagnostics =
            diagnostics
            .filter { seen.insert($0).inserted }
            .sorted { left, right in
                let (leftPath, rightPath) = (paths[left.span.source.index], paths[right.span.source.index])
                if leftPath != rightPath { return leftPath < rightPath }
                if left.span.start != right.span.start { return left.span.start < right.span.start }
                return (left.rule.text, left.message) < (right.rule.text, right.message)
            }
    }

    package func path(of source: SourceID) -> String { sources[source.index].path }

    package func count(of severity: Severity) -> Int {
        diagnostics.reduce(into: 0) { count, diagnostic in if diagnostic.severity == severity { count += 1 } }
    }

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The same report with every warning raised to an error.
    package func warningsAsErrors() -> DiagnosticReport {
        DiagnosticReport(
            sources: sources,
            diagnostics: diagnostics.map { diagnostic in
                var raised = diagnostic
                if raised.severity == .warning { raised.severity = .error }
                return raised
            }
        )
    }
}
