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
        if isPlainLiteral(text) { return text }
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
        var code = ""
        append(code: text, to: &code)
        return code
    }

    /// Appends text inside code marks of a doc comment.
    static func append(code text: String, to target: inout String) {
        let text = comment(text)
        target += "`"
        target += text.utf8.contains(UInt8(ascii: "`")) ? text.filter { $0 != "`" } : text
        target += "`"
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
        // Through the bytes in place: asking the string for each takes ten times as long.
        text.utf8.withContiguousStorageIfAvailable(hasLongLine) ?? hasLongLine(Array(text.utf8))
    }

    private static func hasLongLine(_ text: some RandomAccessCollection<UInt8>) -> Bool {
        var start = text.startIndex
        while let end = text.index(start, offsetBy: lineWidth, limitedBy: text.endIndex), end < text.endIndex {
            // A line break this near to the last one: whatever stands between is short.
            if let lineEnd = text[start...end].lastIndex(of: UInt8(ascii: "\n")) {
                start = text.index(after: lineEnd)
                continue
            }
            let lineEnd = text[end...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
            // Bytes that go on with a character are none.
            if text[start..<lineEnd].reduce(0, { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }) > lineWidth { return true }
            start = lineEnd
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

    /// A comment's text filled into lines.
    static func commentLines(_ text: String, width: Int) -> [String] {
        if text.utf8.count <= width, isTidy(text) { return text.isEmpty ? [] : [text] }
        return fill(comment(text), width: width)
    }

    /// Whether a text stands in a literal as it is.
    static func isPlainLiteral(_ text: String) -> Bool {
        all(text) { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") }
    }

    /// Whether a text is printable ASCII, as most are: that is known without looking at Unicode's tables.
    private static func isPlain(_ text: String) -> Bool { all(text) { _ in true } }

    /// Whether a text is printable ASCII with one blank between two words.
    static func isTidy(_ text: String) -> Bool {
        var previous = UInt8(ascii: " ")
        let isTidy = all(text) { byte in
            defer { previous = byte }
            return byte != UInt8(ascii: " ") || previous != byte
        }
        return isTidy && (text.isEmpty || previous != UInt8(ascii: " "))
    }

    /// Whether all bytes are printable ASCII, and meet a condition; where bytes lie in a row, that is a matter of
    /// few instructions each.
    @inline(__always)
    private static func all(_ text: String, _ condition: (UInt8) -> Bool) -> Bool {
        func check(_ bytes: some Sequence<UInt8>) -> Bool {
            for byte in bytes {
                guard byte >= UInt8(ascii: " "), byte <= UInt8(ascii: "~"), condition(byte) else { return false }
            }
            return true
        }
        return text.utf8.withContiguousStorageIfAvailable { check($0) } ?? check(text.utf8)
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
