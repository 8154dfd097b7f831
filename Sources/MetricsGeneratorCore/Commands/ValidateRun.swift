package import MetricDefinitions

/// `metrics-generator validate`: diagnostics only.
package struct ValidateRun: Sendable {
    /// Which rules definitions are checked against.
    package enum Profile: String, Sendable, CaseIterable {
        /// The rule table.
        case standard
        /// The checks of Prometheus' Go client alone.
        case promlint
    }

    /// Folders or files.
    package var definitions: [String]
    /// Whether warnings count as errors.
    package var isStrict = false
    /// Whether notes are shown.
    package var isPedantic = false
    package var profile = Profile.standard
    package var format = DiagnosticFormat.text
    /// Whether text is coloured.
    package var style = TextStyle.plain

    package init(definitions: [String]) { self.definitions = definitions }

    package func run() -> CommandOutcome {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(definitions)
        } catch {
            return CommandOutcome(.noInput, standardError: "error: \(error)\n")
        }
        let found =
            switch profile {
            case .standard: DefinitionPipeline(isPedantic: isPedantic).report(sources)
            case .promlint: PromlintProfile.run(sources)
            }
        let report = isStrict ? found.warningsAsErrors() : found
        let text = format.render(report, style: style)
        return CommandOutcome(report.hasErrors ? .invalid : .success, standardOutput: text)
    }
}
