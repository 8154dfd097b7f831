/// Writes diagnostics as a compiler does: a line that editors can follow, the source line, and a caret.
package struct DiagnosticRenderer {
    private static let beginning = 80

    private let report: DiagnosticReport
    private let style: TextStyle
    private var lineTables: [SourceID: LineTable] = [:]

    package init(_ report: DiagnosticReport, style: TextStyle = .plain) {
        self.report = report
        self.style = style
    }

    /// The text of the whole report, with a last line that counts; empty where there is nothing to report.
    package static func text(_ report: DiagnosticReport, style: TextStyle = .plain) -> String {
        guard !report.diagnostics.isEmpty else { return "" }
        var renderer = DiagnosticRenderer(report, style: style)
        var text = ""
        for diagnostic in report.diagnostics { text += renderer.render(diagnostic) }
        return text + summary(report) + "\n"
    }

    /// The line that counts: `2 errors, 1 warning in 3 files`.
    package static func summary(_ report: DiagnosticReport) -> String {
        let parts: [String] = Severity.allCases.compactMap { severity in
            let count = report.count(of: severity)
            return count == 0 ? nil : plural(count, severity.rawValue)
        }
        return (parts.isEmpty ? "no problems" : parts.joined(separator: ", ")) + " in "
            + plural(report.sources.count, "file")
    }

    /// One diagnostic with its notes.
    package mutating func render(_ diagnostic: Diagnostic) -> String {
        var text = heading(
            diagnostic.span,
            diagnostic.severity,
            "\(Self.singleLine(diagnostic.message)) [\(diagnostic.rule.text)]"
        )
        text += excerpt(diagnostic.span, suggestion: diagnostic.suggestion)
        for note in diagnostic.notes {
            text += heading(note.span, .note, Self.singleLine(note.message))
            text += excerpt(note.span, suggestion: nil)
        }
        return text
    }

    private func heading(_ span: SourceSpan, _ severity: Severity, _ message: String) -> String {
        let place = "\(report.path(of: span.source)):\(span.start.line):\(span.start.column):"
        let mark = style.mark("\(severity.rawValue):", severity)
        return "\(style.emphasize(place)) \(mark) \(style.emphasize(message))\n"
    }

    private mutating func excerpt(_ span: SourceSpan, suggestion: String?) -> String {
        let window = LineWindow(lineTable(span.source).line(span.start.line), around: span.start.column)
        let scalars = window.scalars
        let number = String(span.start.line)
        let gutter = String(repeating: " ", count: number.utf8.count)
        var shown = String.UnicodeScalarView()
        for scalar in scalars { shown.append(Self.isPrintable(scalar) ? scalar : "\u{FFFD}") }

        let column = min(window.column(of: span.start.column), scalars.count + 1)
        var padding = String.UnicodeScalarView()
        for scalar in scalars.prefix(column - 1) { padding.append(scalar == "\t" ? "\t" : " ") }
        // A span over several lines is marked to the end of its first one.
        let end = span.end.line == span.start.line ? window.column(of: span.end.column) : scalars.count + 1
        let width = max(1, min(end, scalars.count + 1) - column)
        let marker =
            "^" + String(repeating: "~", count: width - 1) + (suggestion.map { " " + Self.singleLine($0) } ?? "")
        return " \(number) | \(String(shown))\n \(gutter) | \(String(padding))\(style.caret(marker))\n"
    }

    private mutating func lineTable(_ source: SourceID) -> LineTable {
        if let table = lineTables[source] { return table }
        let bytes = report.sources[source.index].bytes
        // Where nothing but the first line is shown, as of a file that was too large to be read, no more is looked at.
        let isFirstLineEnough = report.diagnostics.allSatisfy { diagnostic in
            diagnostic.span.source != source || diagnostic.span.end.line == 1
        }
        let shown = isFirstLineEnough && bytes.count > FileRules.sizeLimit ? Array(bytes.prefix(Self.beginning)) : bytes
        let table = LineTable(bytes: YAMLReader.withoutByteOrderMark(shown))
        lineTables[source] = table
        return table
    }

    /// A message never breaks the line that editors parse, whatever text of a file it quotes.
    private static func singleLine(_ message: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in message.unicodeScalars { text.append(isPrintable(scalar) && scalar != "\t" ? scalar : " ") }
        return String(text)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar == "\t"
        case .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func plural(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
