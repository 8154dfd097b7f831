import MetricDefinitions

/// What reading a scrape gave.
struct ReadScrape {
    var scrape: Scrape
    var report: DiagnosticReport

    var text: String { DiagnosticRenderer.text(report) }

    /// `line:column rule` for each problem.
    var places: [String] {
        report.diagnostics.map { "\($0.span.start.line):\($0.span.start.column) \($0.rule)" }
    }
}

func readScrape(_ bytes: [UInt8], _ format: ScrapeFormat?) -> ReadScrape {
    let source = SourceFile(path: "scrape.txt", bytes: bytes)
    var sink = DiagnosticSink()
    let scrape = ScrapeReader.read(source, id: SourceID(index: 0), format: format, into: &sink)
    return ReadScrape(scrape: scrape, report: DiagnosticReport(sources: [source], diagnostics: sink.diagnostics))
}

func readScrape(_ text: String, _ format: ScrapeFormat? = nil) -> ReadScrape { readScrape(Array(text.utf8), format) }
