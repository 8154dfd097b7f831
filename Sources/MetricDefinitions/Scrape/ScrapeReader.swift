/// Bytes of a scrape to families: one strict reader for both text formats.
///
/// It takes time and memory in proportion to the scrape, whatever stands in it, and goes on after a problem, so that one
/// run reports up to ``problemLimit`` of them.
package enum ScrapeReader {
    /// The length beyond which a scrape is refused.
    package static let sizeLimit = 128 << 20

    /// The number of samples, and of families and label names, beyond which a scrape is refused: no server takes so
    /// many, and each costs more memory than the bytes that it is written with.
    package static let sampleLimit = 4_000_000
    package static let nameLimit = 100_000
    package static let labelLimit = 1000

    /// The number of problems after which the rest is not read.
    package static let problemLimit = 20

    /// Reads a scrape; what cannot be read is reported to the sink as errors.
    ///
    /// - Parameter format: The format, or `nil` to go by what the scrape looks like.
    package static func read(
        _ source: SourceFile,
        id: SourceID,
        format: ScrapeFormat?,
        into sink: inout DiagnosticSink
    ) -> Scrape {
        let bytes = YAMLReader.withoutByteOrderMark(source.bytes)
        guard bytes.count <= sizeLimit else {
            let empty = Scrape(format: format ?? .text, id: id, bytes: [])
            let message = "the scrape has more than \(sizeLimit >> 20) MiB, and is not read"
            sink.report(ScrapeRules.end, at: empty.span(ByteRange(0, 0)), message)
            return empty
        }
        let scrape = Scrape(format: format ?? ScrapeFormat.detect(bytes), id: id, bytes: bytes)
        if bytes.count < source.bytes.count {
            let message = "the scrape begins with a byte order mark, which no format allows"
            sink.report(ScrapeRules.encoding, at: scrape.span(ByteRange(0, 0)), message)
        }
        if let offset = UTF8Validation.firstInvalidOffset(in: bytes) {
            let message = "this byte is not UTF-8"
            sink.report(ScrapeRules.encoding, at: scrape.span(ByteRange(offset, offset + 1)), message)
            return scrape
        }
        switch scrape.format {
        case .text: return read(TextAssembler(scrape), into: &sink)
        case .openMetrics: return read(OpenMetricsAssembler(scrape), into: &sink)
        }
    }

    private static func read(_ start: some ScrapeAssembler, into sink: inout DiagnosticSink) -> Scrape {
        var assembler = start
        let bytes = assembler.scrape.bytes
        var problems = 0
        var lineStart = 0
        while lineStart < bytes.count, problems < problemLimit {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            do throws(ScrapeProblem) {
                try assembler.line(lineStart..<lineEnd)
            } catch {
                assembler.isDamaged = true
                assembler.problems.append(error)
            }
            problems += drain(&assembler, &sink)
            if let limit = passedLimit(assembler.scrape) {
                let message = "the scrape has more than \(limit), and the rest is not read"
                report(ScrapeProblem(ScrapeRules.end, ByteRange(lineStart, lineEnd), message), assembler.scrape, &sink)
                return assembler.scrape
            }
            lineStart = lineEnd + 1
        }
        if problems < problemLimit {
            assembler.finish()
            _ = drain(&assembler, &sink)
        }
        for warning in assembler.warnings { report(warning, assembler.scrape, &sink) }
        return assembler.scrape
    }

    private static func passedLimit(_ scrape: Scrape) -> String? {
        if scrape.sampleCount > sampleLimit { return "\(sampleLimit) samples" }
        if scrape.families.count > nameLimit { return "\(nameLimit) families" }
        if scrape.labelNames.count > nameLimit { return "\(nameLimit) names of labels" }
        return nil
    }

    private static func drain(_ assembler: inout some ScrapeAssembler, _ sink: inout DiagnosticSink) -> Int {
        let problems = assembler.problems
        if !problems.isEmpty { assembler.problems = [] }
        for problem in problems { report(problem, assembler.scrape, &sink) }
        return problems.count
    }

    private static func report(_ problem: ScrapeProblem, _ scrape: Scrape, _ sink: inout DiagnosticSink) {
        sink.report(problem.rule, at: scrape.span(problem.place), problem.message, suggestion: problem.suggestion)
    }
}

/// Makes families of lines, by the rules of one format.
protocol ScrapeAssembler {
    var scrape: Scrape { get set }
    /// The numbers of the labels' names.
    var labelNumbers: [String: UInt32] { get set }
    /// Whether a line of the family that is being read was refused, so that what is missing is no news.
    var isDamaged: Bool { get set }
    /// What was found since it was last looked at; a line that cannot be read at all is thrown.
    var problems: [ScrapeProblem] { get set }
    var warnings: [ScrapeProblem] { get }

    mutating func line(_ line: Range<Int>) throws(ScrapeProblem)
    mutating func finish()
}

extension ScrapeAssembler {
    /// Keeps the labels of a sample in the order of their numbers, and gives their place in the scrape.
    mutating func keep(_ labels: [ScrapeSampleLine.Label]) -> (first: UInt32, end: UInt32) {
        var kept: [ScrapeLabel] = []
        kept.reserveCapacity(labels.count)
        for label in labels {
            kept.append(
                ScrapeLabel(
                    name: number(of: label.name),
                    value: label.value,
                    isEscaped: label.isEscaped,
                    start: UInt32(truncatingIfNeeded: label.start)
                )
            )
        }
        kept.sort { $0.name < $1.name }
        let first = UInt32(truncatingIfNeeded: scrape.labels.count)
        scrape.labels.append(contentsOf: kept)
        return (first, UInt32(truncatingIfNeeded: scrape.labels.count))
    }

    /// The number of a label's name.
    mutating func number(of name: String) -> UInt32 {
        if let number = labelNumbers[name] { return number }
        let number = UInt32(truncatingIfNeeded: scrape.labelNames.count)
        labelNumbers[name] = number
        scrape.labelNames.append(name)
        return number
    }

    /// The bytes of a label's value.
    func bytes(of label: ScrapeSampleLine.Label) -> ArraySlice<UInt8> {
        let raw = scrape.bytes[label.value.start..<label.value.end]
        return label.isEscaped ? ScrapeEscapes.resolve(raw)[...] : raw
    }
}
