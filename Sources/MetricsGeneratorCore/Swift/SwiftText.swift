/// Text of users inside Swift source: the only place where it is quoted.
package enum SwiftText {
    /// The width of a line of generated code.
    static let lineWidth = 120

    /// A string literal that is one line of ASCII-safe source, whatever the text.
    ///
    /// Quotes and backslashes are escaped, and everything that is invisible or that turns the direction of text.
    package static func literal(_ text: String) -> String { "\"" + literalContent(text) + "\"" }

    /// What stands between the quotes of a literal.
    static func literalContent(_ text: String) -> String {
        if isPlain(text), !text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }) {
            return text
        }
        var literal = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": literal += "\\\\"
            case "\"": literal += "\\\""
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default:
                if isVisible(scalar) {
                    literal.unicodeScalars.append(scalar)
                } else {
                    literal += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
                }
            }
        }
        return literal
    }

    /// Text inside a comment: on one line, and without anything invisible.
    static func comment(_ text: String) -> String {
        if isTidy(text) { return text }
        if isPlain(text) { return words(text).joined(separator: " ") }
        var comment = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { comment.append(isVisible(scalar) ? scalar : " ") }
        return words(String(comment)).joined(separator: " ")
    }

    /// Text inside code marks of a doc comment.
    static func code(_ text: String) -> String {
        let text = comment(text)
        return "`" + (text.utf8.contains(UInt8(ascii: "`")) ? text.filter { $0 != "`" } : text) + "`"
    }

    /// A whole number; from seven digits on in groups of three.
    static func integer(_ number: Int) -> String {
        let digits = String(number)
        guard digits.utf8.count >= 7 else { return digits }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { grouped += "_" }
            grouped.append(digit)
        }
        return grouped
    }

    /// A text that ends in a full stop; nothing of nothing.
    static func sentence(_ text: String) -> String { text.isEmpty || text.hasSuffix(".") ? text : text + "." }

    /// Whether a line has more characters than `lineWidth`.
    static func hasLongLine(_ text: String) -> Bool {
        var length = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") {
                length = 0
            } else if byte & 0xC0 != 0x80 {
                length += 1
                if length > lineWidth { return true }
            }
        }
        return false
    }

    /// Words filled into lines of at most `width` characters; a longer word has a line of its own.
    static func fill(_ text: String, width: Int) -> [String] {
        if text.utf8.count <= width, isTidy(text) { return text.isEmpty ? [] : [text] }
        var lines: [String] = []
        var line = ""
        var lineLength = 0
        for word in words(text) {
            let length = word.unicodeScalars.count
            if !line.isEmpty, lineLength + 1 + length > width {
                lines.append(line)
                (line, lineLength) = ("", 0)
            }
            if !line.isEmpty { (line, lineLength) = (line + " ", lineLength + 1) }
            line += word
            lineLength += length
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    static func words(_ text: String) -> [String] {
        if isPlain(text) { return text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) } }
        return text.split(whereSeparator: \.isWhitespace).map { String($0) }
    }

    /// Whether a text is printable ASCII, as most are: that is known without looking at Unicode's tables.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: " ")...UInt8(ascii: "~")).contains($0) }
    }

    /// Whether a text is printable ASCII with one blank between two words.
    private static func isTidy(_ text: String) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard (UInt8(ascii: " ")...UInt8(ascii: "~")).contains(byte) else { return false }
            if byte == UInt8(ascii: " "), previous == byte { return false }
            previous = byte
        }
        return text.isEmpty || previous != UInt8(ascii: " ")
    }

    /// Whether a scalar shows, and leaves the direction of text alone.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
