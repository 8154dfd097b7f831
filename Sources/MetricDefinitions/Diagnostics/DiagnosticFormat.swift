/// How diagnostics are written.
package enum DiagnosticFormat: String, Sendable, CaseIterable {
    /// As a compiler does, with the source line and a caret.
    case text
    /// One JSON object a line.
    case json
    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    case github
    /// One SARIF 2.1.0 log, for code scanning.
    case sarif

    /// The report in this format.
    package func render(_ report: DiagnosticReport, style: TextStyle = .plain) -> String {
        switch self {
        case .text:
            report.diagnostics.isEmpty
                ? DiagnosticRenderer.summary(report) + "\n" : DiagnosticRenderer.text(report, style: style)
        case .json: report.diagnostics.map { JSONDiagnostics.object($0, in: report).line + "\n" }.joined()
        case .github: report.diagnostics.map { GitHubDiagnostics.command($0, in: report) + "\n" }.joined()
        case .sarif: SARIFDiagnostics.log(report).pretty
        }
    }
}

/// Whether text for people has colours.
package enum TextStyle: Sendable {
    case plain
    /// ANSI escapes, for a terminal.
    case colored

    /// The text between the escapes of a severity.
    func mark(_ text: String, _ severity: Severity) -> String {
        switch severity {
        case .error: wrap(text, "1;31")
        case .warning: wrap(text, "1;35")
        case .note: wrap(text, "1;36")
        }
    }

    func emphasize(_ text: String) -> String { wrap(text, "1") }
    func caret(_ text: String) -> String { wrap(text, "1;32") }

    private func wrap(_ text: String, _ code: String) -> String {
        self == .plain ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
