/// A place in one line of a scrape, and the words that both formats are made of.
struct ScrapeCursor {
    let bytes: [UInt8]
    private(set) var position: Int
    /// The end of the line, without its line feed.
    let end: Int
    let format: ScrapeFormat

    init(_ bytes: [UInt8], _ line: Range<Int>, _ format: ScrapeFormat) {
        self.bytes = bytes
        position = line.lowerBound
        end = line.upperBound
        self.format = format
    }

    var isAtEnd: Bool { position >= end }

    var next: UInt8? { position < end ? bytes[position] : nil }

    /// The place of what comes next: one byte, or the end of the line.
    var here: ByteRange { ByteRange(position, min(position + 1, end)) }

    func range(from start: Int) -> ByteRange { ByteRange(start, position) }

    mutating func advance() { position += 1 }

    /// Takes a byte where it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Skips blanks and tabs where the format allows them anywhere.
    mutating func skipOptionalBlanks() {
        if format == .text { skipBlanks() }
    }

    mutating func skipBlanks() {
        while let byte = next, Self.isBlank(byte) { position += 1 }
    }

    /// Skips what separates two parts of a line: exactly one blank in OpenMetrics, any number of blanks in text 0.0.4.
    mutating func skipSeparator() -> Bool {
        if format == .openMetrics { return take(UInt8(ascii: " ")) }
        let start = position
        skipBlanks()
        return position > start
    }

    /// Takes everything up to the next blank.
    mutating func word() -> ByteRange {
        let start = position
        while let byte = next, byte != UInt8(ascii: " "), format == .openMetrics || byte != UInt8(ascii: "\t") {
            position += 1
        }
        return range(from: start)
    }

    /// Takes a name that needs no quotes; empty where none begins here.
    mutating func name(allowsColon: Bool) -> ByteRange {
        let start = position
        while let byte = next, Self.isNameByte(byte, isFirst: position == start, allowsColon: allowsColon) {
            position += 1
        }
        return range(from: start)
    }

    /// Takes a quoted text, and gives the range between the quotes.
    mutating func quoted(_ rule: Rule, _ what: String) throws(ScrapeProblem) -> (range: ByteRange, isEscaped: Bool) {
        let quote = position
        guard take(UInt8(ascii: "\"")) else {
            throw ScrapeProblem(rule, here, "expected '\"' before \(what), found \(found)")
        }
        let start = position
        var isEscaped = false
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
                if isAtEnd { break }
            }
            position += 1
        }
        guard next == UInt8(ascii: "\"") else {
            throw ScrapeProblem(rule, ByteRange(quote, quote + 1), "\(what) has no closing '\"' on this line")
        }
        let range = range(from: start)
        position += 1
        if isEscaped, format == .text, let offset = ScrapeEscapes.firstInvalid(bytes[start..<range.end]) {
            throw ScrapeProblem(
                rule,
                ByteRange(offset, offset + 2),
                "'\(text(ByteRange(offset, offset + 2)))' is no escape; \(what) may have \\\\, \\\" and \\n"
            )
        }
        return (range, isEscaped)
    }

    /// What comes next, for messages.
    var found: String {
        guard next != nil else { return "the end of the line" }
        var length = 1
        while position + length < end, bytes[position + length] & 0xC0 == 0x80 { length += 1 }
        return "'\(text(ByteRange(position, position + length)))'"
    }

    /// Bytes as text, cut short for messages.
    func text(_ range: ByteRange) -> String {
        let limit = 64
        guard range.end - range.start > limit else {
            return String(decoding: bytes[range.start..<min(range.end, bytes.count)], as: UTF8.self)
        }
        var end = range.start + limit
        while end > range.start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[range.start..<end], as: UTF8.self) + "…"
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    static func isNameByte(_ byte: UInt8, isFirst: Bool, allowsColon: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        case UInt8(ascii: ":"): allowsColon
        default: false
        }
    }
}
