/// One sample's line, before it is known which family it belongs to.
struct ScrapeSampleLine {
    /// A label whose name has no number yet.
    struct Label {
        var name: String
        /// Where the name begins.
        var start: Int
        var value: ByteRange
        var isEscaped: Bool
    }

    struct Exemplar {
        var place: ByteRange
    }

    /// The length of an exemplar's labels in characters, names and values together.
    static let exemplarLimit = 128

    var name: String
    /// Where the name stands.
    var place: ByteRange
    var labels: [Label]
    var value: Double
    var valuePlace: ByteRange
    var timestamp: ScrapeTimestamp?
    var timestampPlace: ByteRange
    var exemplar: Exemplar?

    /// Reads a line that is no metadata.
    init(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) {
        let start = cursor.position
        place = cursor.name(allowsColon: true)
        var name: String? = place.start == place.end ? nil : cursor.text(whole: place)
        labels = []
        cursor.skipOptionalBlanks()
        if cursor.next == UInt8(ascii: "{") {
            let braces = try Self.braces(&cursor, mayNameMetric: name == nil)
            labels = braces.labels
            if let quoted = braces.name {
                (name, place) = (quoted.value, quoted.place)
            }
        }
        guard let name, !name.isEmpty else {
            if start == cursor.position || place.start == place.end {
                let what = cursor.position == start ? cursor.found : "none"
                throw ScrapeProblem(
                    ScrapeRules.name,
                    ByteRange(start, start + 1),
                    "expected a metric's name, found \(what)"
                )
            }
            throw ScrapeProblem(ScrapeRules.name, place, "the metric's name is empty")
        }
        self.name = name
        if cursor.position == place.end, let next = cursor.next, !ScrapeCursor.isBlank(next) {
            throw ScrapeProblem(
                ScrapeRules.name,
                cursor.here,
                "a metric's name cannot have \(cursor.found) unless it is quoted within the braces"
            )
        }
        if cursor.format == .openMetrics, !cursor.skipSeparator() {
            let message =
                cursor.isAtEnd
                ? "the sample has no value" : "expected one blank before the value, found \(cursor.found)"
            throw ScrapeProblem(cursor.isAtEnd ? ScrapeRules.value : ScrapeRules.syntax, cursor.here, message)
        }
        cursor.skipOptionalBlanks()
        (value, valuePlace) = try Self.number(&cursor, "the sample")
        timestampPlace = valuePlace
        switch cursor.format {
        case .text: try readTextEnd(&cursor)
        case .openMetrics: try readOpenMetricsEnd(&cursor)
        }
    }

    // MARK: What follows the value

    private mutating func readTextEnd(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) {
        cursor.skipBlanks()
        guard !cursor.isAtEnd else { return }
        timestampPlace = cursor.word()
        let text = cursor.bytes[timestampPlace.start..<timestampPlace.end]
        timestamp = ScrapeTimestamp(milliseconds: text)
        guard timestamp != nil else {
            let message =
                text.first == UInt8(ascii: "#")
                ? "text 0.0.4 has no exemplars"
                : "the timestamp '\(cursor.text(timestampPlace))' is no whole number of milliseconds"
            throw ScrapeProblem(ScrapeRules.timestamp, timestampPlace, message)
        }
        cursor.skipBlanks()
        guard cursor.isAtEnd else {
            throw ScrapeProblem(
                ScrapeRules.syntax,
                ByteRange(cursor.position, cursor.end),
                "nothing may follow the timestamp"
            )
        }
    }

    private mutating func readOpenMetricsEnd(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) {
        guard !cursor.isAtEnd else { return }
        try Self.separator(&cursor)
        if cursor.next != UInt8(ascii: "#") {
            (timestamp, timestampPlace) = try Self.seconds(&cursor)
            guard !cursor.isAtEnd else { return }
            try Self.separator(&cursor)
        }
        let start = cursor.position
        guard cursor.take(UInt8(ascii: "#")), cursor.take(UInt8(ascii: " ")), cursor.next == UInt8(ascii: "{") else {
            throw ScrapeProblem(
                ScrapeRules.syntax,
                ByteRange(start, cursor.end),
                "nothing may follow the timestamp but an exemplar: # {labels} value"
            )
        }
        let labels = try Self.braces(&cursor, mayNameMetric: false).labels
        try Self.checkDistinct(labels, cursor)
        try Self.checkLength(of: labels, ByteRange(start, cursor.position), cursor)
        try Self.separator(&cursor)
        _ = try Self.number(&cursor, "the exemplar")
        if !cursor.isAtEnd {
            try Self.separator(&cursor)
            _ = try Self.seconds(&cursor)
        }
        guard cursor.isAtEnd else {
            throw ScrapeProblem(
                ScrapeRules.syntax,
                ByteRange(cursor.position, cursor.end),
                "nothing may follow an exemplar"
            )
        }
        exemplar = Exemplar(place: ByteRange(start, cursor.position))
    }

    private static func checkLength(
        of labels: [Label],
        _ place: ByteRange,
        _ cursor: ScrapeCursor
    ) throws(ScrapeProblem) {
        var length = 0
        for label in labels {
            let raw = cursor.bytes[label.value.start..<label.value.end]
            let value = label.isEscaped ? ScrapeEscapes.resolve(raw)[...] : raw
            length += label.name.unicodeScalars.count
            length += value.reduce(into: 0) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } }
        }
        guard length > exemplarLimit else { return }
        let message = "the exemplar's labels have \(length) characters; at most \(exemplarLimit) are allowed"
        throw ScrapeProblem(ScrapeRules.exemplar, place, message)
    }

    private static func separator(_ cursor: inout ScrapeCursor) throws(ScrapeProblem) {
        guard cursor.skipSeparator() else {
            throw ScrapeProblem(ScrapeRules.syntax, cursor.here, "expected one blank, found \(cursor.found)")
        }
    }

    private static func number(
        _ cursor: inout ScrapeCursor,
        _ subject: String
    ) throws(ScrapeProblem) -> (Double, ByteRange) {
        let place = cursor.word()
        guard place.start < place.end else {
            let message = cursor.isAtEnd ? "\(subject) has no value" : "expected a value, found \(cursor.found)"
            throw ScrapeProblem(ScrapeRules.value, cursor.here, message)
        }
        guard let value = ScrapeNumber.value(cursor.bytes[place.start..<place.end]) else {
            let message = "the value '\(cursor.text(place))' is no decimal number, infinity or NaN"
            throw ScrapeProblem(ScrapeRules.value, place, message)
        }
        return (value, place)
    }

    private static func seconds(
        _ cursor: inout ScrapeCursor
    ) throws(ScrapeProblem) -> (ScrapeTimestamp, ByteRange) {
        let place = cursor.word()
        guard let timestamp = ScrapeTimestamp(seconds: cursor.bytes[place.start..<place.end]) else {
            let message = "the timestamp '\(cursor.text(place))' is no finite number of seconds"
            throw ScrapeProblem(ScrapeRules.timestamp, place.start < place.end ? place : cursor.here, message)
        }
        return (timestamp, place)
    }
}
