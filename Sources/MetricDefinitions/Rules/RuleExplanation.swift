/// Rules in words, made from the table.
package enum RuleExplanation {
    /// One rule for a terminal.
    package static func text(_ rule: Rule) -> String {
        var text = "\(rule.id) (\(rule.severity.rawValue)): \(rule.summary)\n\n\(rule.why)\n"
        text += "\nBad:\n\n" + indented(files(rule.bad))
        text += "\nGood:\n\n" + indented(files(rule.good))
        if rule.canBeAllowed {
            text += "\nWhere it does not apply: allow: [{rule: \(rule.id), reason: …}] in the metric or the file.\n"
        }
        return text
    }

    /// All rules on one line each, by subject.
    package static func overview() -> String {
        let width = RuleTable.all.map(\.id.text.utf8.count).max() ?? 0
        return RuleTable.families.map { family in
            let lines = family.rules.map { rule in
                let id = rule.id.text + String(repeating: " ", count: width - rule.id.text.utf8.count)
                let severity =
                    rule.severity.rawValue + String(repeating: " ", count: 7 - rule.severity.rawValue.utf8.count)
                return "  \(id)  \(severity)  \(rule.summary)\n"
            }
            return family.title + "\n" + lines.joined()
        }.joined(separator: "\n")
    }

    /// The page of all rules.
    package static func markdown() -> String {
        var text = """
            <!-- Made by 'metrics-generator explain --all --markdown'; do not edit. -->
            # Rules

            Every rule that definitions are checked against. An **error** keeps everything from being written; a \
            **warning** does so with `--strict`; a **note** shows with `--pedantic`. Where a warning or a note does not \
            apply, say so at the metric or the file:

            ```yaml
            allow:
              - rule: percent
                reason: The dashboards of our customers read this name
            ```

            | rule | severity | wants |
            | --- | --- | --- |

            """
        for rule in RuleTable.all {
            text += "| [`\(rule.id)`](#\(rule.id)) | \(rule.severity.rawValue) | \(cell(rule.summary)) |\n"
        }
        for family in RuleTable.families {
            text += "\n## \(family.title)\n"
            for rule in family.rules {
                text +=
                    "\n### \(rule.id)\n\n\(rule.severity.rawValue): \(escaped(rule.summary)).\n\n\(escaped(rule.why))\n"
                text += "\nBad:\n\n" + blocks(rule.bad) + "\nGood:\n\n" + blocks(rule.good)
            }
        }
        return text
    }

    private static func cell(_ text: String) -> String {
        escaped(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    /// Characters that Markdown would take for markup.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "_*<>[]".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }

    private static func blocks(_ example: RuleExample) -> String {
        let parts = parts(of: example)
        return parts.map { part in
            let heading = parts.count > 1 ? "# \(part.path)\n" : ""
            return "```\(part.language)\n\(heading)\(part.text)```\n"
        }.joined()
    }

    private static func files(_ example: RuleExample) -> String {
        let parts = parts(of: example)
        return parts.map { (parts.count > 1 ? "# \($0.path)\n" : "") + $0.text }.joined()
    }

    private static func parts(of example: RuleExample) -> [(path: String, language: String, text: String)] {
        switch example {
        case .repeated(let text, let count):
            return [("example.yaml", "yaml", lines(text) + "# … and so on, \(count) times\n")]
        case .template(let text): return [("example.mustache", "mustache", lines(text))]
        case .definitions(let sources): return sources.map { ($0.path, "yaml", text(of: $0)) }
        case .scrape(let scrape, let definitions):
            return [definitions].compactMap { $0 }.map { ($0.path, "yaml", text(of: $0)) }
                + [(scrape.path, "text", scrapeText(of: scrape))]
        }
    }

    /// An example as it can be shown: long lines are shortened, bytes that are no text are spelt out.
    private static func text(of source: SourceFile) -> String {
        var bytes = source.bytes
        if let invalid = UTF8Validation.firstInvalidOffset(in: bytes) {
            let hex = String(bytes[invalid], radix: 16, uppercase: true)
            bytes.replaceSubrange(invalid...invalid, with: Array("<byte 0x\(hex)>".utf8))
        }
        return lines(String(decoding: YAMLReader.withoutByteOrderMark(bytes), as: UTF8.self))
    }

    /// A scrape; that its last line has no line feed would not be seen.
    private static func scrapeText(of source: SourceFile) -> String {
        let text = text(of: source)
        guard let last = source.bytes.last, last != UInt8(ascii: "\n") else { return text }
        return "\(text.dropLast())<no line feed>\n"
    }

    private static let widest = 160
    /// How much of the end of a longer line is shown: what makes an example bad is mostly the last thing in it.
    private static let end = 48

    private static func lines(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            // A tab is shown as such only where it can be seen.
            let line = line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "<tab>")
            return line.count > widest ? shortened(line) : line
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The beginning and the end of a line, in whole words where it has words.
    private static func shortened(_ line: String) -> String {
        let head = line.prefix(widest - end - 3)
        let tail = line.suffix(end)
        guard let stop = head.lastIndex(of: " "), let start = tail.firstIndex(of: " "),
            head[..<stop].contains(where: { $0 != " " })
        else { return "\(head) … \(tail)" }
        return "\(head[..<stop]) …\(tail[start...])"
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
}
