internal import ArgumentParser
internal import MetricsGeneratorCore

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks the definitions, and writes nothing."
    )

    /// How diagnostics are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
    }

    @OptionGroup var options: DefinitionOptions

    @Option(help: "How to write diagnostics.")
    var format: Format = .text

    func run() throws {
        var run = ValidateRun(definitions: options.definitions)
        run.isStrict = options.strict
        try run.run().finish()
    }
}
