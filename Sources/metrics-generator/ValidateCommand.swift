internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks the definitions, and writes nothing.",
        discussion: """
            Prints every problem of every file. 'metrics-generator explain RULE' says more about the rule in brackets. \
            Text is coloured on a terminal, unless NO_COLOR is set.
            """
    )

    @OptionGroup var options: DefinitionOptions

    @Option(help: "How to write diagnostics; json is one object a line.")
    var format: DiagnosticFormat = .text

    @Flag(help: "Show notes, too.")
    var pedantic = false

    @Option(help: "The rules to check against; promlint: what Prometheus' Go client would find, in its words.")
    var profile: ValidateRun.Profile = .standard

    func run() throws {
        var run = ValidateRun(definitions: options.definitions)
        run.isStrict = options.strict
        run.isPedantic = pedantic
        run.profile = profile
        run.format = format
        run.style = Terminal.outputStyle
        try run.run().finish()
    }
}

extension DiagnosticFormat: ExpressibleByArgument {}
extension ValidateRun.Profile: ExpressibleByArgument {}
