/// Diagnostics as JSON objects.
enum JSONDiagnostics {
    static func object(_ diagnostic: Diagnostic, in report: DiagnosticReport) -> JSONValue {
        .members([
            "rule": .string(diagnostic.rule.text),
            "severity": .string(diagnostic.severity.rawValue),
            "file": .string(report.path(of: diagnostic.span.source)),
            "start": position(diagnostic.span.start),
            "end": position(diagnostic.span.end),
            "message": .string(diagnostic.message),
            "suggestion": diagnostic.suggestion.map { .string($0) },
            "notes": .array(diagnostic.notes.map { note($0, in: report) }),
        ])
    }

    private static func note(_ note: Diagnostic.Note, in report: DiagnosticReport) -> JSONValue {
        .members([
            "file": .string(report.path(of: note.span.source)),
            "start": position(note.span.start),
            "end": position(note.span.end),
            "message": .string(note.message),
        ])
    }

    private static func position(_ position: SourcePosition) -> JSONValue {
        .members(["line": .int(position.line), "column": .int(position.column)])
    }
}
