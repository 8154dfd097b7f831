internal import MetricDefinitions

/// `metrics-generator validate`: diagnostics only.
package struct ValidateRun: Sendable {
    /// Folders or files.
    package var definitions: [String]
    /// Whether warnings count as errors.
    package var isStrict = false

    package init(definitions: [String]) { self.definitions = definitions }

    package func run() -> CommandOutcome {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(definitions)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        let result = DefinitionPipeline().run(sources)
        let report = isStrict ? result.report.warningsAsErrors() : result.report
        let text =
            report.diagnostics.isEmpty
            ? DiagnosticRenderer.summary(report) + "\n" : DiagnosticRenderer.text(report)
        return CommandOutcome(report.hasErrors ? .invalid : .success, standardOutput: text)
    }
}
