internal import MetricDefinitions

/// The outcome of `verify` as JSON: one object on one line, its keys in a fixed order.
enum VerificationJSON {
    static func text(_ verification: ScrapeVerification, _ report: DiagnosticReport) -> String {
        let findings = report.diagnostics.map { finding($0, report) }
        let members = [
            member("matches", verification.findings.isEmpty ? "true" : "false"),
            member(
                "coverage",
                object([
                    member("defined", String(verification.defined)),
                    member("seen", String(verification.seen)),
                    member("ratio", verification.coverage.description),
                    member("ignored", String(verification.ignored)),
                    member("missing", array(verification.missing.map(string))),
                    member("undeclared", array(verification.undeclared.map(string))),
                ])
            ),
            member("findings", array(findings)),
        ]
        return object(members) + "\n"
    }

    private static func finding(_ diagnostic: Diagnostic, _ report: DiagnosticReport) -> String {
        let notes = diagnostic.notes.map { note in
            object(place(note.span, report) + [member("message", string(note.message))])
        }
        return object(
            [member("rule", string(diagnostic.rule.text))] + place(diagnostic.span, report) + [
                member("message", string(diagnostic.message)), member("notes", array(notes)),
            ]
        )
    }

    private static func place(_ span: SourceSpan, _ report: DiagnosticReport) -> [String] {
        [
            member("file", string(report.path(of: span.source))),
            member("line", String(span.start.line)),
            member("column", String(span.start.column)),
            member("endLine", String(span.end.line)),
            member("endColumn", String(span.end.column)),
        ]
    }

    private static func object(_ members: [String]) -> String { "{" + members.joined(separator: ",") + "}" }

    private static func array(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

    private static func member(_ name: String, _ value: String) -> String { "\(string(name)):\(value)" }

    private static func string(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
