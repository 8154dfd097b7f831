package import MetricDefinitions

/// `metrics-generator verify`: a scrape against definitions.
package struct VerifyRun: Sendable {
    /// How the outcome is written.
    package enum OutputFormat: String, Sendable, CaseIterable {
        case text
        case json
    }

    /// Folders or files.
    package var definitions: [String]
    /// A file, or `-` for standard input.
    package var path: String
    /// The format; `nil` to go by what the scrape looks like.
    package var scrapeFormat: ScrapeFormat?
    package var outputFormat = OutputFormat.text
    /// Families that need not be defined.
    package var ignored: [FamilyPattern] = []
    /// Whether text is coloured.
    package var style = TextStyle.plain
    /// Whether diagnostics, which go to standard error, are coloured.
    package var errorStyle = TextStyle.plain
    /// Whether warnings about the definitions count as errors.
    package var isStrict = false

    package init(definitions: [String], path: String) {
        self.definitions = definitions
        self.path = path
    }

    package func run() -> CommandOutcome {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(definitions)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        let result = DefinitionPipeline().run(sources)
        let definitionReport = isStrict ? result.report.warningsAsErrors() : result.report
        guard let model = result.model, !definitionReport.hasErrors else {
            return CommandOutcome(.invalid, standardError: DiagnosticRenderer.text(definitionReport, style: errorStyle))
        }
        let source: SourceFile
        do throws(FileError) {
            source = try ScrapeSource.read(path)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        // The scrape's number follows those of the definition files, so that one report can speak of all of them.
        let all = result.report.sources + [source]
        var sink = DiagnosticSink()
        let id = SourceID(index: all.count - 1)
        let scrape = ScrapeReader.read(source, id: id, format: scrapeFormat, into: &sink)
        let scrapeReport = DiagnosticReport(sources: all, diagnostics: sink.diagnostics)
        guard !scrapeReport.hasErrors else {
            return CommandOutcome(.badData, standardError: DiagnosticRenderer.text(scrapeReport, style: errorStyle))
        }
        let verification = ScrapeVerifier.verify(scrape, against: model, ignoring: ignored)
        let report = DiagnosticReport(sources: all, diagnostics: verification.findings)
        let output =
            switch outputFormat {
            case .text: text(verification, report)
            case .json: verification.json(report)
            }
        let warnings = scrapeReport.diagnostics.isEmpty ? "" : DiagnosticRenderer.text(scrapeReport, style: errorStyle)
        return CommandOutcome(
            verification.findings.isEmpty ? .success : .different,
            standardOutput: output,
            standardError: warnings
        )
    }

    private func text(_ verification: ScrapeVerification, _ report: DiagnosticReport) -> String {
        var renderer = DiagnosticRenderer(report, style: style)
        var text = ""
        for diagnostic in report.diagnostics { text += renderer.render(diagnostic) }
        let differences = verification.findings.count
        text +=
            "\(verification.seen) of \(verification.defined) metrics are in the scrape (\(verification.percent) %), "
        text += "\(verification.undeclared.count) families are not defined"
        if verification.ignored > 0 { text += ", \(verification.ignored) were passed over" }
        text += differences == 0 ? ": no difference\n" : ": \(differences) difference\(differences == 1 ? "" : "s")\n"
        return text
    }
}
