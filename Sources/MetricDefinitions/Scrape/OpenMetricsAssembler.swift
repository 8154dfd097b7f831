/// Families of OpenMetrics 1.0, read in one pass as the standard asks for.
struct OpenMetricsAssembler: ScrapeAssembler {
    var scrape: Scrape
    var labelNumbers: [String: UInt32] = [:]
    var isDamaged = false {
        didSet { histogram.isDamaged = isDamaged }
    }
    var problems: [ScrapeProblem] = []
    let warnings: [ScrapeProblem] = []

    /// The index of the family that is being read.
    private var current: Int?
    /// The names that families before took, with the family that did.
    private var taken: [String: Int] = [:]
    private var names: SampleNamesOfType = SampleNamesOfType(nil)
    private var hasEnded = false
    private var points = OpenMetricsPoints()
    private var histogram = OpenMetricsHistogram()

    init(_ scrape: Scrape) { self.scrape = scrape }

    mutating func line(_ line: Range<Int>) throws(ScrapeProblem) {
        var cursor = ScrapeCursor(scrape.bytes, line, .openMetrics)
        guard !hasEnded else {
            throw ScrapeProblem(
                ScrapeRules.end,
                ByteRange(line.lowerBound, line.upperBound),
                "nothing may follow '# EOF'"
            )
        }
        guard !line.isEmpty else {
            throw ScrapeProblem(ScrapeRules.syntax, cursor.here, "OpenMetrics has no blank lines")
        }
        if cursor.next == UInt8(ascii: "#") {
            if scrape.bytes[line].elementsEqual("# EOF".utf8) {
                hasEnded = true
            } else if let metadata = try ScrapeMetadataLine.read(&cursor) {
                try keep(metadata)
            }
        } else {
            try keep(try ScrapeSampleLine(&cursor), cursor)
        }
    }

    mutating func finish() {
        finishFamily()
        guard !hasEnded else { return }
        let end = ByteRange(scrape.bytes.count, scrape.bytes.count)
        problems.append(ScrapeProblem(ScrapeRules.end, end, "the scrape does not end in '# EOF': it may be cut off"))
    }

    // MARK: Metadata

    private mutating func keep(_ line: ScrapeMetadataLine) throws(ScrapeProblem) {
        if let current, scrape.families[current].name == line.name {
            guard scrape.families[current].samples.isEmpty else {
                throw ScrapeProblem(
                    ScrapeRules.metadata,
                    line.place,
                    "\(line.keyword.rawValue) of '\(line.name)' comes after its samples"
                )
            }
        } else {
            begin(line.name, line.place)
        }
        guard let current else { return }
        let value = Located(line.value, scrape.span(line.valuePlace))
        let isRepeated: Bool
        switch line.keyword {
        case .help:
            isRepeated = scrape.families[current].help != nil
            scrape.families[current].help = value
        case .unit:
            isRepeated = hasUnit
            hasUnit = true
            if !line.value.isEmpty { scrape.families[current].unit = value }
        case .type:
            isRepeated = scrape.families[current].type != nil
            guard let type = ScrapeType(rawValue: line.value) else {
                let names = ScrapeType.allCases.map(\.rawValue).joined(separator: ", ")
                throw ScrapeProblem(
                    ScrapeRules.metadata,
                    line.valuePlace,
                    "OpenMetrics has no type '\(line.value.prefix(64))'; its types are \(names)"
                )
            }
            scrape.families[current].type = Located(type, value.span)
            names = SampleNamesOfType(type)
        }
        if isRepeated {
            let message = "'\(line.name)' has a second \(line.keyword.rawValue) line"
            throw ScrapeProblem(ScrapeRules.metadata, line.place, message)
        }
    }

    /// Whether the family has a `# UNIT` line; an empty one counts as none, but may not be repeated.
    private var hasUnit = false

    // MARK: Samples

    private mutating func keep(_ line: ScrapeSampleLine, _ cursor: ScrapeCursor) throws(ScrapeProblem) {
        try ScrapeSampleLine.checkDistinct(line.labels, cursor)
        let part: SamplePart
        if let current, let found = names.part(of: line.name, in: scrape.families[current].name) {
            part = found
        } else {
            begin(line.name, line.place)
            part = .value
        }
        guard let current else { return }
        // No copy of the family is kept: it would have the whole of its samples copied at the next append.
        let name = scrape.families[current].name
        let place = scrape.families[current].place
        let type = scrape.families[current].resolvedType
        try OpenMetricsSampleCheck(line, part, type, familyName: name).check(scrape.bytes)

        let kept = keep(line.labels)
        let excluded = Self.excludedLabel(type, part, name).map { number(of: $0) }
        let group = try points.place(line, part, type, kept, excluded: excluded, family: current, in: scrape)
        if type == .histogram || type == .gaugeHistogram {
            if histogram.isEnded(by: line, group: group), let problem = histogram.finish(place) {
                problems.append(problem)
            }
            try histogram.add(line, part, group: group, bound: bound(line))
        }
        let sample = ScrapeSample(
            part: part,
            firstLabel: kept.first,
            endOfLabels: kept.end,
            value: line.value,
            place: line.place
        )
        scrape.append(sample, to: current)
    }

    private func bound(_ line: ScrapeSampleLine) -> Double {
        line.labels.first { $0.name == "le" }.flatMap { ScrapeNumber.value(bytes(of: $0)) } ?? .nan
    }

    /// The label that tells the samples of one group apart.
    private static func excludedLabel(_ type: ScrapeType, _ part: SamplePart, _ name: String) -> String? {
        switch (type, part) {
        case (.histogram, .bucket), (.gaugeHistogram, .bucket): "le"
        case (.summary, .value): "quantile"
        case (.stateset, _): name
        default: nil
        }
    }

    // MARK: Families

    private mutating func begin(_ name: String, _ place: ByteRange) {
        finishFamily()
        scrape.families.append(ScrapeFamily(name: name, place: place))
        current = scrape.families.count - 1
        names = SampleNamesOfType(nil)
        hasUnit = false
        isDamaged = false
        points.beginFamily()
    }

    /// Checks what only the whole family shows.
    private mutating func finishFamily() {
        guard let current else { return }
        self.current = nil
        let family = scrape.families[current]
        if let problem = histogram.finish(family.place) { problems.append(problem) }
        for name in SampleNamesOfType(family.resolvedType).all(of: family.name) {
            if let other = taken[name] {
                let message =
                    scrape.families[other].name == family.name
                    ? "the family '\(family.name)' stands twice: its lines belong together"
                    : "'\(family.name)' and '\(scrape.families[other].name)' would both expose '\(name)'"
                problems.append(ScrapeProblem(ScrapeRules.family, family.place, message))
                break
            }
            taken[name] = current
        }
        guard let unit = family.unit else { return }
        if family.resolvedType == .info || family.resolvedType == .stateset {
            let message = "'\(family.name)' is of type \(family.resolvedType.rawValue), which has no unit"
            problems.append(ScrapeProblem(ScrapeRules.unit, family.place, message))
        } else if !family.name.hasSuffix("_" + unit.value) {
            let message = "the name '\(family.name)' does not end in the unit '\(unit.value.prefix(64))'"
            problems.append(ScrapeProblem(ScrapeRules.unit, family.place, message))
        }
    }
}

/// Which samples a family of a type has.
struct SampleNamesOfType {
    private let parts: [SamplePart]

    init(_ type: ScrapeType?) {
        switch type {
        case .counter: parts = [.total, .created]
        case .summary: parts = [.value, .count, .sum, .created]
        case .histogram: parts = [.count, .sum, .bucket, .created]
        case .gaugeHistogram: parts = [.gaugeCount, .gaugeSum, .bucket]
        case .info: parts = [.info]
        case .gauge, .stateset, .unknown, nil: parts = [.value]
        }
    }

    /// The part that a sample's name is of the family, or `nil`.
    func part(of sample: String, in family: String) -> SamplePart? {
        guard sample.utf8.starts(with: family.utf8) else { return nil }
        let suffix = sample.utf8.dropFirst(family.utf8.count)
        return parts.first { $0.rawValue.utf8.elementsEqual(suffix) }
    }

    /// The names that the family takes, its own included.
    func all(of family: String) -> [String] {
        [family] + parts.filter { $0 != .value }.map { family + $0.rawValue }
    }
}
