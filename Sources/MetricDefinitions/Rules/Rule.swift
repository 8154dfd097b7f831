/// One entry of the rule table: what a definition must satisfy, why, and an example either way.
package struct Rule: Sendable {
    /// The name of a rule, as it stands in brackets after a message.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package init(_ text: String) { self.text = text }

        package var description: String { text }
    }

    package let id: ID
    package let severity: Severity
    /// What the rule wants, in one line.
    package let summary: String
    /// Why, and how to mend a definition that breaks it.
    package let why: String
    /// Input that breaks the rule.
    package let bad: RuleExample
    /// Input near to it that does not.
    package let good: RuleExample

    package init(
        _ id: String,
        _ severity: Severity,
        _ summary: String,
        why: String,
        bad: RuleExample,
        good: RuleExample
    ) {
        self.id = ID(id)
        self.severity = severity
        self.summary = summary
        self.why = why
        self.bad = bad
        self.good = good
    }
}

/// The input of a rule's example.
package enum RuleExample: Sendable, ExpressibleByStringLiteral {
    /// Definition files by name.
    case definitions([SourceFile])
    /// One definition file of a text so many times over, for what would be too long to keep.
    case repeated(String, count: Int)
    /// A template for one definition file.
    case template(String)
    /// A scrape, alone or against definitions.
    case scrape(SourceFile, definitions: SourceFile?)

    /// The definition files; `nil` where the example is of something else.
    package var sources: [SourceFile]? {
        switch self {
        case .definitions(let sources): sources
        case .repeated(let text, let count):
            [SourceFile(path: "example.yaml", text: String(repeating: text, count: count))]
        case .template, .scrape: nil
        }
    }

    /// One definition file.
    package init(stringLiteral text: String) {
        self = .definitions([SourceFile(path: "example.yaml", text: text)])
    }

    /// One definition file that is not text.
    package static func bytes(_ bytes: [UInt8]) -> RuleExample {
        .definitions([SourceFile(path: "example.yaml", bytes: bytes)])
    }

    /// A scrape, in the format that it looks like.
    package static func scrape(_ text: String, against definitions: String? = nil) -> RuleExample {
        .scrape(
            SourceFile(path: "example.txt", text: text),
            definitions: definitions.map { SourceFile(path: "example.yaml", text: $0) }
        )
    }

    /// A scrape that is not text.
    package static func scrapeBytes(_ bytes: [UInt8]) -> RuleExample {
        .scrape(SourceFile(path: "example.txt", bytes: bytes), definitions: nil)
    }

    /// Several definition files by name.
    package static func files(_ files: KeyValuePairs<String, String>) -> RuleExample {
        .definitions(files.map { SourceFile(path: $0.key, text: $0.value) })
    }
}
