extension ScrapeSampleLine {
    /// What stands in braces.
    struct Braces {
        var labels: [Label] = []
        /// The metric's name, where it is quoted there.
        var name: (value: String, place: ByteRange)?
    }

    /// Reads `{…}`.
    static func braces(_ cursor: inout ScrapeCursor, mayNameMetric: Bool) throws(ScrapeProblem) -> Braces {
        var braces = Braces()
        cursor.advance()
        var isFirst = true
        while true {
            cursor.skipOptionalBlanks()
            if cursor.next == UInt8(ascii: "}"), isFirst || cursor.format == .text { break }
            guard braces.labels.count < ScrapeReader.labelLimit else {
                let message = "a sample has at most \(ScrapeReader.labelLimit) labels"
                throw ScrapeProblem(ScrapeRules.label, cursor.here, message)
            }
            try item(&cursor, mayNameMetric: mayNameMetric, into: &braces)
            isFirst = false
            cursor.skipOptionalBlanks()
            if cursor.take(UInt8(ascii: ",")) { continue }
            guard cursor.next == UInt8(ascii: "}") else {
                throw ScrapeProblem(
                    ScrapeRules.syntax,
                    cursor.here,
                    "expected ',' or '}' after a label, found \(cursor.found)"
                )
            }
            break
        }
        cursor.advance()
        return braces
    }

    private static func item(
        _ cursor: inout ScrapeCursor,
        mayNameMetric: Bool,
        into braces: inout Braces
    ) throws(ScrapeProblem) {
        let start = cursor.position
        let name: String
        if cursor.next == UInt8(ascii: "\"") {
            let quoted = try cursor.quoted(ScrapeRules.name, "a name")
            name = cursor.text(whole: quoted.range, isEscaped: quoted.isEscaped)
            cursor.skipOptionalBlanks()
            if cursor.next == UInt8(ascii: ",") || cursor.next == UInt8(ascii: "}") {
                let place = ByteRange(start, quoted.range.end + 1)
                guard mayNameMetric, braces.name == nil else {
                    throw ScrapeProblem(ScrapeRules.name, place, "the metric's name is given twice")
                }
                braces.name = (name, place)
                return
            }
        } else {
            let range = cursor.name(allowsColon: false)
            guard range.start < range.end else {
                throw ScrapeProblem(ScrapeRules.label, cursor.here, "expected a label's name, found \(cursor.found)")
            }
            name = cursor.text(whole: range)
        }
        if name == "__name__" {
            throw ScrapeProblem(
                ScrapeRules.label,
                cursor.range(from: start),
                "the label '__name__' is the metric's name, which stands before the braces"
            )
        }
        if name.isEmpty {
            throw ScrapeProblem(ScrapeRules.label, cursor.range(from: start), "the label's name is empty")
        }
        cursor.skipOptionalBlanks()
        guard cursor.take(UInt8(ascii: "=")) else {
            throw ScrapeProblem(
                ScrapeRules.label,
                cursor.here,
                "expected '=' after the label's name, found \(cursor.found)"
            )
        }
        cursor.skipOptionalBlanks()
        let value = try cursor.quoted(ScrapeRules.label, "a label's value")
        braces.labels.append(Label(name: name, start: start, value: value.range, isEscaped: value.isEscaped))
    }

    /// Refuses a label that stands twice.
    static func checkDistinct(_ labels: [Label], _ cursor: ScrapeCursor) throws(ScrapeProblem) {
        guard labels.count > 1 else { return }
        var names: Set<String> = []
        for label in labels where !names.insert(label.name).inserted {
            throw ScrapeProblem(
                ScrapeRules.label,
                ByteRange(label.start, label.value.end + 1),
                "the label '\(cursor.short(label.name))' stands twice"
            )
        }
    }
}

extension ScrapeCursor {
    /// Bytes as text, whole.
    func text(whole range: ByteRange, isEscaped: Bool = false) -> String {
        let raw = bytes[range.start..<range.end]
        return isEscaped
            ? String(decoding: ScrapeEscapes.resolve(raw), as: UTF8.self) : String(decoding: raw, as: UTF8.self)
    }

    /// A name, cut short for messages.
    func short(_ name: String) -> String { name.unicodeScalars.count > 64 ? String(name.prefix(64)) + "…" : name }
}
