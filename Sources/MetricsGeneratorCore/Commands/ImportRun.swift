package import MetricDefinitions

/// `metrics-generator import`: a scrape to definitions.
package struct ImportRun: Sendable {
    /// A file, or `-` for standard input.
    package var path: String
    /// The format; `nil` to go by what the scrape looks like.
    package var format: ScrapeFormat?
    /// Whether diagnostics, which go to standard error, are coloured.
    package var errorStyle = TextStyle.plain

    package init(path: String) { self.path = path }

    package func run() -> CommandOutcome {
        do throws(FileError) {
            return Self.run(on: try ScrapeSource.read(path), format: format, errorStyle: errorStyle)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
    }

    /// Imports a scrape that was read.
    package static func run(
        on source: SourceFile,
        format: ScrapeFormat?,
        errorStyle: TextStyle = .plain
    ) -> CommandOutcome {
        var sink = DiagnosticSink()
        let scrape = ScrapeReader.read(source, id: SourceID(index: 0), format: format, into: &sink)
        let report = DiagnosticReport(sources: [source], diagnostics: sink.diagnostics)
        guard !report.hasErrors else {
            return CommandOutcome(.badData, standardError: DiagnosticRenderer.text(report, style: errorStyle))
        }
        let (text, warnings) = ScrapeImporter.definitions(of: scrape)
        sink.append(warnings)
        let full = DiagnosticReport(sources: [source], diagnostics: sink.diagnostics)
        return CommandOutcome(
            .success,
            standardOutput: text,
            standardError: DiagnosticRenderer.text(full, style: errorStyle)
        )
    }
}
