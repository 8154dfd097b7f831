internal import MetricDefinitions
internal import MetricsGeneratorCore

/// Definitions for commands that need them whole.
struct DefinitionLoader {
    var model: ResolvedModel
    var sources: [SourceFile]

    /// Reads and resolves definitions; where they are wrong, the outcome says so.
    static func load(_ paths: [String]) throws(LoadFailure) -> DefinitionLoader {
        let sources: [SourceFile]
        do throws(DefinitionSourceError) {
            sources = try DefinitionSources.read(paths)
        } catch {
            throw LoadFailure(outcome: CommandOutcome(.noInput, standardError: "error: \(error)\n"))
        }
        let result = DefinitionPipeline().run(sources)
        guard let model = result.model else {
            let text = DiagnosticRenderer.text(result.report, style: Terminal.errorStyle)
            throw LoadFailure(outcome: CommandOutcome(.invalid, standardError: text))
        }
        return DefinitionLoader(model: model, sources: result.report.sources)
    }

    /// Why there is no model.
    struct LoadFailure: Error {
        var outcome: CommandOutcome
    }
}
