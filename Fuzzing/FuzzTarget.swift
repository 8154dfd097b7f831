// Compiled by scripts/fuzz into one module with Sources/MetricDefinitions; no target of the package.

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
        }
    }

    /// Whatever a definition file holds: diagnostics that can be written, and a model exactly where there is no error.
    private func runDefinitions(_ bytes: [UInt8]) {
        let result = DefinitionPipeline().run([SourceFile(path: "fuzz.yaml", bytes: bytes)])
        precondition((result.model == nil) == result.report.hasErrors, "a model, and errors")
        precondition(DiagnosticRenderer.text(result.report).isEmpty == result.report.diagnostics.isEmpty)
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

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.current.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
