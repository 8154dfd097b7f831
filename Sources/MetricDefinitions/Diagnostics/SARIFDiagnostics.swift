/// Diagnostics as a log of SARIF 2.1.0.
enum SARIFDiagnostics {
    static func log(_ report: DiagnosticReport) -> JSONValue {
        let used = RuleTable.all.filter { rule in report.diagnostics.contains { $0.rule == rule.id } }
        let indexes = Dictionary(used.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        let driver: JSONValue = .members([
            "name": .string("metrics-generator"),
            "rules": .array(used.map(rule)),
        ])
        let run: JSONValue = .members([
            "tool": .members(["driver": driver]),
            // Columns count characters, not UTF-16 units.
            "columnKind": .string("unicodeCodePoints"),
            "results": .array(report.diagnostics.map { result($0, indexes[$0.rule], in: report) }),
        ])
        return .members([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .string("2.1.0"),
            "runs": .array([run]),
        ])
    }

    private static func rule(_ rule: Rule) -> JSONValue {
        .members([
            "id": .string(rule.id.text),
            "shortDescription": message(rule.summary),
            "fullDescription": message(rule.why),
            "defaultConfiguration": .members(["level": .string(level(rule.severity))]),
        ])
    }

    private static func result(_ diagnostic: Diagnostic, _ index: Int?, in report: DiagnosticReport) -> JSONValue {
        var text = diagnostic.message
        if let suggestion = diagnostic.suggestion { text += " (\(suggestion))" }
        let related = diagnostic.notes.enumerated().map { offset, note in
            location(note.span, in: report, id: offset + 1, text: note.message)
        }
        return .members([
            "ruleId": .string(diagnostic.rule.text),
            "ruleIndex": index.map { .int($0) },
            "level": .string(level(diagnostic.severity)),
            "message": message(text),
            "locations": .array([location(diagnostic.span, in: report)]),
            "relatedLocations": related.isEmpty ? nil : .array(related),
        ])
    }

    private static func location(
        _ span: SourceSpan,
        in report: DiagnosticReport,
        id: Int? = nil,
        text: String? = nil
    ) -> JSONValue {
        let region: JSONValue = .members([
            "startLine": .int(span.start.line),
            "startColumn": .int(span.start.column),
            "endLine": .int(span.end.line),
            "endColumn": .int(span.end.column),
        ])
        return .members([
            "id": id.map { .int($0) },
            "physicalLocation": .members([
                "artifactLocation": .members(["uri": .string(uri(report.path(of: span.source)))]),
                "region": region,
            ]),
            "message": text.map(message),
        ])
    }

    private static func message(_ text: String) -> JSONValue { .members(["text": .string(text)]) }

    private static func level(_ severity: Severity) -> String { severity.rawValue }

    /// A path as the reference that SARIF wants: other characters than those of a URI are escaped.
    private static func uri(_ path: String) -> String {
        let unescaped = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        var text = path.utf8.first == UInt8(ascii: "/") ? "file://" : ""
        for byte in path.utf8 {
            if unescaped.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}
