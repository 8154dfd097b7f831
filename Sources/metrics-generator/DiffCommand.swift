internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two versions of definitions, field by field.",
        discussion: """
            Changes are breaking (queries, alerts or Swift code that worked do so no longer), minor (something new), or \
            docs (words only). Exits with 2 if any is breaking.
            """
    )

    /// How changes are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Argument(help: "The folder or file with the old definitions.")
    var old: String

    @Argument(help: "The folder or file with the new definitions.")
    var new: String

    @Option(help: "How to write the changes.")
    var format: Format = .text

    func run() throws {
        let diff: ModelDiff
        do throws(DefinitionLoader.LoadFailure) {
            let old = try DefinitionLoader.load([old])
            let new = try DefinitionLoader.load([new])
            diff = ModelDiff(old: old.model, new: new.model)
        } catch {
            return try error.outcome.finish()
        }
        let text = format == .json ? diff.json.pretty : diff.text
        try CommandOutcome(diff.isBreaking ? .different : .success, standardOutput: text).finish()
    }
}
