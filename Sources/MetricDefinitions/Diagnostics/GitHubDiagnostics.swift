/// Diagnostics as workflow commands of GitHub Actions.
enum GitHubDiagnostics {
    static func command(_ diagnostic: Diagnostic, in report: DiagnosticReport) -> String {
        let command =
            switch diagnostic.severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        let span = diagnostic.span
        var properties = [
            ("file", report.path(of: span.source)), ("line", String(span.start.line)),
            ("col", String(span.start.column)), ("endLine", String(span.end.line)),
        ]
        // GitHub refuses an end column for several lines, and an empty range.
        if span.end.line == span.start.line, span.end.column > span.start.column {
            properties.append(("endColumn", String(span.end.column - 1)))
        }
        properties.append(("title", diagnostic.rule.text))
        let text = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
        var message = diagnostic.message
        if let suggestion = diagnostic.suggestion { message += "\n" + suggestion }
        for note in diagnostic.notes {
            message += "\n\(report.path(of: note.span.source)):\(note.span.start.line): note: \(note.message)"
        }
        return "::\(command) \(text)::\(escaped(message, isProperty: false))"
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
