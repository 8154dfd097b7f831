internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the metrics: name, type, labels, series budget, and where each is defined.",
        discussion: """
            In LABELS a number in braces is a closed set's size, '≤' a bound, '*' none. SERIES is how many series one \
            process may make: combinations of labels (where one is open, at most 'max_series', and those in which it \
            reads '__overflow__' on top) times samples of each.
            """
    )

    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("Folders or files (.yaml, .yml) with definitions.", valueName: "path")
    )
    var definitions: [String] = ["Definitions"]

    @Flag(help: "Print JSON with everything that was decided.")
    var json = false

    func run() throws {
        let loaded: DefinitionLoader
        do throws(DefinitionLoader.LoadFailure) {
            loaded = try DefinitionLoader.load(definitions)
        } catch {
            return try error.outcome.finish()
        }
        let text =
            json
            ? MetricListing.json(loaded.model, sources: loaded.sources).pretty
            : MetricListing.table(loaded.model, sources: loaded.sources)
        try CommandOutcome(.success, standardOutput: text).finish()
    }
}
