/// A `# HELP`, `# TYPE` or `# UNIT` line.
struct ScrapeMetadataLine {
    enum Keyword: String {
        case help = "HELP"
        case type = "TYPE"
        case unit = "UNIT"
    }

    var keyword: Keyword
    /// The family's name, and where it stands.
    var name: String
    var place: ByteRange
    /// The rest of the line, and where it stands; help has its escapes resolved.
    var value: String
    var valuePlace: ByteRange

    /// Reads a line that begins with `#`; `nil` for a comment, which only text 0.0.4 has.
    static func read(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) -> ScrapeMetadataLine? {
        switch cursor.format {
        case .text: try readText(&cursor)
        case .openMetrics: try readOpenMetrics(&cursor)
        }
    }

    private static func readText(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) -> ScrapeMetadataLine? {
        cursor.advance()
        cursor.skipBlanks()
        let word = cursor.word()
        guard let keyword = Keyword(rawValue: cursor.text(word)), keyword != .unit else { return nil }
        cursor.skipBlanks()
        // A keyword alone, or with nothing but a name, says nothing.
        guard !cursor.isAtEnd else { return nil }
        let (name, place) = try name(&cursor)
        guard !cursor.isAtEnd else { return nil }
        cursor.skipBlanks()
        var end = cursor.end
        if keyword == .type {
            while end > cursor.position, ScrapeCursor.isBlank(cursor.bytes[end - 1]) { end -= 1 }
        }
        let valuePlace = ByteRange(cursor.position, end)
        let raw = cursor.bytes[cursor.position..<end]
        if keyword == .help, let offset = ScrapeEscapes.firstInvalid(raw) {
            let escape = ByteRange(offset, min(offset + 2, end))
            throw ScrapeProblem(
                ScrapeRules.metadata,
                escape,
                "'\(cursor.text(escape))' is no escape; help may have \\\\ and \\n"
            )
        }
        return ScrapeMetadataLine(
            keyword: keyword,
            name: name,
            place: place,
            value: cursor.text(whole: valuePlace, isEscaped: keyword == .help),
            valuePlace: valuePlace
        )
    }

    private static func readOpenMetrics(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) -> ScrapeMetadataLine? {
        let start = cursor.position
        cursor.advance()
        guard cursor.take(UInt8(ascii: " ")), let keyword = Keyword(rawValue: cursor.text(cursor.word())) else {
            throw ScrapeProblem(
                ScrapeRules.syntax,
                ByteRange(start, cursor.end),
                "OpenMetrics has no comments: '#' begins '# HELP', '# TYPE', '# UNIT' or '# EOF'"
            )
        }
        guard cursor.take(UInt8(ascii: " ")) else {
            throw ScrapeProblem(ScrapeRules.metadata, cursor.here, "'\(keyword.rawValue)' needs a metric's name")
        }
        let (name, place) = try name(&cursor)
        guard cursor.take(UInt8(ascii: " ")) else {
            let message = "'\(keyword.rawValue)' needs one blank and a text after the name, found \(cursor.found)"
            throw ScrapeProblem(ScrapeRules.metadata, cursor.here, message)
        }
        let valuePlace = ByteRange(cursor.position, cursor.end)
        return ScrapeMetadataLine(
            keyword: keyword,
            name: name,
            place: place,
            value: cursor.text(whole: valuePlace, isEscaped: keyword == .help),
            valuePlace: valuePlace
        )
    }

    private static func name(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) -> (String, ByteRange) {
        let start = cursor.position
        let name: String
        if cursor.next == UInt8(ascii: "\"") {
            let quoted = try cursor.quoted(ScrapeRules.name, "a name")
            name = cursor.text(whole: quoted.range, isEscaped: quoted.isEscaped)
        } else {
            name = cursor.text(whole: cursor.name(allowsColon: true))
        }
        let place = cursor.range(from: start)
        guard !name.isEmpty, cursor.next.map(ScrapeCursor.isBlank) ?? true else {
            throw ScrapeProblem(
                ScrapeRules.name,
                cursor.here,
                "expected a metric's name, or its end, found \(cursor.found)"
            )
        }
        return (name, place)
    }
}
