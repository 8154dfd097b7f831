/// Families of text 0.0.4.
///
/// Its rules are few: families are found by name wherever their lines stand, as Prometheus' own library does it.
struct TextAssembler: ScrapeAssembler {
    var scrape: Scrape
    var labelNumbers: [String: UInt32] = [:]
    var isDamaged = false
    var problems: [ScrapeProblem] = []
    private(set) var warnings: [ScrapeProblem] = []

    private var indexes: [String: Int] = [:]
    private var series = ScrapeSeriesTable()
    private var timestamps: [ScrapeTimestamp?] = []
    /// The family of the last sample, and those that were reported as torn apart.
    private var current: Int?
    private var torn: Set<Int> = []

    init(_ scrape: Scrape) { self.scrape = scrape }

    mutating func line(_ line: Range<Int>) throws(ScrapeProblem) {
        var cursor = ScrapeCursor(scrape.bytes, line, .text)
        cursor.skipBlanks()
        guard !cursor.isAtEnd else { return }
        if line.upperBound == scrape.bytes.count {
            let place = ByteRange(max(line.upperBound - 1, line.lowerBound), line.upperBound)
            throw ScrapeProblem(ScrapeRules.end, place, "the last line has no line feed: the scrape may be cut off")
        }
        if cursor.next == UInt8(ascii: "#") {
            if let metadata = try ScrapeMetadataLine.read(&cursor) { try keep(metadata) }
        } else {
            try keep(try ScrapeSampleLine(&cursor), cursor)
        }
    }

    mutating func finish() {}

    // MARK: Metadata

    private mutating func keep(_ line: ScrapeMetadataLine) throws(ScrapeProblem) {
        let index = family(line.name, line.place)
        let span = scrape.span(line.valuePlace)
        switch line.keyword {
        case .help:
            // Help without a text says nothing, and may stand beside another.
            guard !line.value.isEmpty else { return }
            guard scrape.families[index].help == nil else {
                throw ScrapeProblem(ScrapeRules.metadata, line.place, "'\(line.name)' has a second HELP line")
            }
            scrape.families[index].help = Located(line.value, span)
        case .type:
            guard let type = Self.type(line.value) else {
                let names = "counter, gauge, histogram, summary, untyped"
                throw ScrapeProblem(
                    ScrapeRules.metadata,
                    line.valuePlace,
                    "text 0.0.4 has no type '\(line.value.prefix(64))'; its types are \(names)"
                )
            }
            guard scrape.families[index].type == nil else {
                throw ScrapeProblem(ScrapeRules.metadata, line.place, "'\(line.name)' has a second TYPE line")
            }
            guard scrape.families[index].samples.isEmpty else {
                throw ScrapeProblem(ScrapeRules.metadata, line.place, "TYPE of '\(line.name)' comes after its samples")
            }
            scrape.families[index].type = Located(type, span)
        case .unit: break
        }
    }

    /// The types that writers of the format use, gauge histograms included, in any case as Prometheus reads them.
    private static func type(_ text: String) -> ScrapeType? {
        switch text.lowercased() {
        case "counter": .counter
        case "gauge": .gauge
        case "histogram": .histogram
        case "gaugehistogram", "gauge_histogram": .gaugeHistogram
        case "summary": .summary
        case "untyped": .unknown
        default: nil
        }
    }

    // MARK: Samples

    private mutating func keep(_ line: ScrapeSampleLine, _ cursor: ScrapeCursor) throws(ScrapeProblem) {
        try ScrapeSampleLine.checkDistinct(line.labels, cursor)
        let (index, part) = family(of: line)
        let type = scrape.families[index].resolvedType
        try check(line, part, type)
        let kept = keep(line.labels)
        let key = ScrapeSeriesTable.Key(
            first: kept.first,
            end: kept.end,
            salt: index * SamplePart.allCases.count + (SamplePart.allCases.firstIndex(of: part) ?? 0)
        )
        let (number, isNew) = series.insert(key, scrape)
        if isNew {
            timestamps.append(line.timestamp)
        } else {
            if timestamps[number] == line.timestamp {
                warn(ScrapeRules.duplicate, line.place, "the series stands twice")
            }
            timestamps[number] = line.timestamp
        }
        if let current, current != index, !scrape.families[index].samples.isEmpty, torn.insert(index).inserted {
            let name = scrape.families[index].name
            warn(ScrapeRules.interleaved, line.place, "'\(name)' goes on here, after samples of another family")
        }
        current = index
        let sample = ScrapeSample(
            part: part,
            firstLabel: kept.first,
            endOfLabels: kept.end,
            value: line.value,
            place: line.place
        )
        scrape.append(sample, to: index)
    }

    private mutating func warn(_ rule: Rule, _ place: ByteRange, _ message: String) {
        guard warnings.count < ScrapeReader.problemLimit else { return }
        warnings.append(ScrapeProblem(rule, place, message))
    }

    private func check(
        _ line: ScrapeSampleLine,
        _ part: SamplePart,
        _ type: ScrapeType
    ) throws(ScrapeProblem) {
        let bound: String?
        switch (type, part) {
        case (.summary, .value): bound = "quantile"
        case (.histogram, .bucket), (.gaugeHistogram, .bucket): bound = "le"
        default: bound = nil
        }
        if let label = line.labels.first(where: { $0.name == bound }) {
            guard ScrapeNumber.value(bytes(of: label)) != nil else {
                let place = ByteRange(label.start, label.value.end + 1)
                throw ScrapeProblem(ScrapeRules.sample, place, "the value of '\(label.name)' is no number")
            }
        }
        if type == .histogram || type == .gaugeHistogram, part == .bucket || part == .count, line.value < 0 {
            throw ScrapeProblem(ScrapeRules.sample, line.valuePlace, "a histogram counts, and cannot count less than 0")
        }
    }

    // MARK: Families

    private mutating func family(_ name: String, _ place: ByteRange) -> Int {
        if let index = indexes[name] { return index }
        scrape.families.append(ScrapeFamily(name: name, place: place))
        indexes[name] = scrape.families.count - 1
        return scrape.families.count - 1
    }

    /// The family of a sample: that of its name, or a summary or histogram that its name ends are parts of.
    private mutating func family(of line: ScrapeSampleLine) -> (index: Int, part: SamplePart) {
        if let index = indexes[line.name] { return (index, .value) }
        for part in [SamplePart.bucket, .count, .sum, .gaugeCount, .gaugeSum] where line.name.hasSuffix(part.rawValue) {
            let name = String(line.name.dropLast(part.rawValue.utf8.count))
            guard let index = indexes[name] else { break }
            let isPart =
                switch scrape.families[index].resolvedType {
                case .summary: part == .count || part == .sum
                case .histogram: part == .bucket || part == .count || part == .sum
                case .gaugeHistogram: true
                default: false
                }
            if isPart { return (index, part) }
        }
        return (family(line.name, line.place), .value)
    }
}
