// Compiled by scripts/fuzz into one module with what it feeds; no target of the package.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the fuzzer feeds, by the variable FUZZ_TARGET.
enum FuzzTarget: String {
    /// Definition files.
    case yaml
    /// Scrapes in text 0.0.4.
    case text
    /// Scrapes in OpenMetrics.
    case openmetrics
    /// Replies of Redis.
    case resp

    static let current: FuzzTarget = {
        guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
            return .yaml
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .yaml: runDefinitions(bytes)
        case .text: runScrape(bytes, .text)
        case .openmetrics: runScrape(bytes, .openMetrics)
        case .resp: runReplies(bytes)
        }
    }

    /// Whatever a definition file holds: diagnostics that can be written, and a model exactly where there is no error.
    private func runDefinitions(_ bytes: [UInt8]) {
        let result = DefinitionPipeline().run([SourceFile(path: "fuzz.yaml", bytes: bytes)])
        precondition((result.model == nil) == result.report.hasErrors, "a model, and errors")
        precondition(DiagnosticRenderer.text(result.report).isEmpty == result.report.diagnostics.isEmpty)
    }

    /// Whatever comes from the other side: replies or a violation, the same wherever the bytes are cut.
    private func runReplies(_ bytes: [UInt8]) {
        let whole = Replies(bytes, cutEvery: max(bytes.count, 1))
        for size in [1, 3, 16] {
            let cut = Replies(bytes, cutEvery: size)
            // A NaN is not equal to itself, but its text is.
            let isSame = whole.values == cut.values || "\(whole.values)" == "\(cut.values)"
            precondition(isSame, "replies depend on how they are cut")
            precondition((whole.violation == nil) == (cut.violation == nil), "a violation depends on how it is cut")
            precondition(whole.violation != nil || whole.isInsideReply == cut.isInsideReply)
        }
        for value in whole.values {
            if let text = value.text { precondition(value.bytes.map { text.utf8.elementsEqual($0) } == true) }
            if let number = value.number {
                precondition(value == .integer(number) || value.text.flatMap { Int64($0) } == number)
            }
            precondition(value.refusal == nil || value.elements == nil, "a list that is a refusal")
        }
    }

    /// Whatever a scrape holds: what can be read can be imported, and what is imported is a valid definition.
    private func runScrape(_ bytes: [UInt8], _ format: ScrapeFormat) {
        let source = SourceFile(path: "fuzz.txt", bytes: bytes)
        var sink = DiagnosticSink()
        let scrape = ScrapeReader.read(source, id: SourceID(index: 1), format: format, into: &sink)
        guard !sink.diagnostics.contains(where: { $0.severity == .error }) else {
            let sources = [SourceFile(path: "none.yaml", bytes: []), source]
            _ = DiagnosticRenderer.text(DiagnosticReport(sources: sources, diagnostics: sink.diagnostics))
            return
        }
        let (text, warnings) = ScrapeImporter.definitions(of: scrape)
        let definitions = SourceFile(path: "imported.yaml", text: text)
        let result = DefinitionPipeline().run([definitions])
        guard let model = result.model else {
            preconditionFailure("an import that is not valid: \(text)\n\(DiagnosticRenderer.text(result.report))")
        }
        sink.append(warnings)
        let findings = ScrapeVerifier.verify(scrape, against: model).findings
        let report = DiagnosticReport(sources: [definitions, source], diagnostics: sink.diagnostics + findings)
        _ = DiagnosticRenderer.text(report)
    }
}

/// Replies as a parser takes them that gets so many bytes at a time.
private struct Replies {
    var values: [RESPValue] = []
    var violation: RESPViolation?
    var isInsideReply = false

    init(_ bytes: [UInt8], cutEvery size: Int) {
        var parser = RESPParser()
        var rest = bytes[...]
        do throws(RESPViolation) {
            while !rest.isEmpty {
                parser.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                while let value = try parser.next() { values.append(value) }
            }
            isInsideReply = parser.isInsideReply
        } catch {
            violation = error
        }
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.current.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
