internal import Mustache

/// A text of a definition as it is. Templates write it through the escape of their language: `{{json(help)}}`.
///
/// As a section it stands for whether there is any text.
struct EscapableText: MustacheCustomRenderable, MustacheTransformable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The languages, with what an escape gives.
    static let escapes: KeyValuePairs<String, String> = [
        "swift": "a string literal of Swift",
        "json": "a string of JSON, which is one of YAML too",
        "python": "a string literal of Python",
        "markdown": "text on one line, also in a cell of a table",
        "code": "a code span of Markdown, also in a cell of a table",
        "comment": "text on one line, without anything invisible",
    ]

    static func isEscape(_ name: String) -> Bool { escapes.contains { $0.key == name } }

    var renderText: String { text }
    var isNull: Bool { text.isEmpty }

    func transform(_ name: String) -> Any? {
        switch name {
        case "swift": SwiftText.literal(text)
        case "json": JSONText.literal(text)
        case "python": PythonText.literal(text)
        case "markdown": MarkdownText.inline(text)
        case "code": MarkdownText.code(text)
        case "comment": SwiftText.comment(text)
        default: nil
        }
    }
}
