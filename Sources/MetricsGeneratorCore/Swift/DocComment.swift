internal import MetricDefinitions

/// The lines of a doc comment, each with the space after `///`.
struct DocComment {
    private(set) var lines: [String] = []
    private let width: Int

    /// - Parameters:
    ///   - indentation: How deep the comment is indented.
    init(indentation: Int) { width = SwiftText.lineWidth - indentation - "/// ".utf8.count }

    /// The text of a definition: its first sentence as the summary, the rest as paragraphs.
    mutating func addSummary(_ text: String) {
        let paragraphs = Self.paragraphs(text)
        guard let first = paragraphs.first else { return }
        let (summary, rest) = Self.firstSentence(first)
        addParagraph(summary)
        if !rest.isEmpty { addParagraph(rest) }
        for paragraph in paragraphs.dropFirst() { addParagraph(paragraph) }
    }

    /// A paragraph, set off from what stands before it.
    mutating func addParagraph(_ text: String) {
        if !lines.isEmpty { lines.append("") }
        for line in SwiftText.commentLines(text, width: width) { lines.append(" " + line) }
    }

    /// Items of a list, set off from what stands before it.
    mutating func addList(_ items: [String]) {
        if !lines.isEmpty, !items.isEmpty { lines.append("") }
        for item in items {
            for (index, line) in SwiftText.commentLines(item, width: width - 2).enumerated() {
                lines.append((index == 0 ? " - " : "   ") + line)
            }
        }
    }

    /// The comment as it stands in Swift source that is not indented.
    var text: String {
        var text = ""
        for line in lines {
            if !text.isEmpty { text += "\n" }
            text += "///"
            text += line
        }
        return text
    }

    private static func paragraphs(_ text: String) -> [String] {
        if !text.utf8.contains(where: { $0 < UInt8(ascii: " ") || $0 > UInt8(ascii: "~") }) { return [text] }
        var paragraphs: [String] = []
        var current = ""
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                if !current.isEmpty { paragraphs.append(current) }
                current = ""
            } else {
                current += (current.isEmpty ? "" : " ") + line
            }
        }
        return current.isEmpty ? paragraphs : paragraphs + [current]
    }

    /// The words up to the first that ends in a full stop, which is added where there is none, and the others.
    private static func firstSentence(_ text: String) -> (sentence: String, rest: String) {
        let text = SwiftText.comment(text)
        // Most have but one.
        if !text.utf8.dropLast().contains(UInt8(ascii: ".")) {
            return (text.isEmpty || text.hasSuffix(".") ? text : text + ".", "")
        }
        let words = SwiftText.words(text)
        let end = words.firstIndex { $0.hasSuffix(".") } ?? words.count - 1
        var sentence = words.prefix(end + 1).joined(separator: " ")
        if !sentence.hasSuffix(".") { sentence += "." }
        return (sentence, words.dropFirst(end + 1).joined(separator: " "))
    }
}
