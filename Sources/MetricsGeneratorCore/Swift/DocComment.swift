internal import MetricDefinitions

/// A doc comment.
struct DocComment {
    /// The comment as it stands in Swift source that is not indented.
    private(set) var text = ""
    /// The item of a list that is being written; its room is used again.
    private var item = ""
    private let width: Int

    /// - Parameters:
    ///   - indentation: How deep the comment is indented.
    init(indentation: Int) {
        width = SwiftText.lineWidth - indentation - "/// ".utf8.count
        text.reserveCapacity(512)
        item.reserveCapacity(SwiftText.lineWidth)
    }

    /// The lines without `///`.
    var lines: [String] {
        text.isEmpty ? [] : text.split(separator: "\n").map { String($0.dropFirst("///".count)) }
    }

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
        setOff()
        for line in SwiftText.commentLines(text, width: width) { addLine(" ", line) }
    }

    /// Sets what follows off from what stands before it.
    mutating func setOff() { if !text.isEmpty { addLine("", "") } }

    /// An item of a list: what `write` appends to an empty text.
    mutating func addItem(_ write: (inout String) -> Void) {
        item.removeAll(keepingCapacity: true)
        write(&item)
        if item.utf8.count <= width - 2, SwiftText.isTidy(item) {
            addLine(" - ", item)
            return
        }
        for (index, line) in SwiftText.commentLines(item, width: width - 2).enumerated() {
            addLine(index == 0 ? " - " : "   ", line)
        }
    }

    private mutating func addLine(_ start: String, _ line: String) {
        text += text.isEmpty ? "///" : "\n///"
        text += start
        text += line
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
