internal import ArgumentParser
internal import MetricsGeneratorCore

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Shows what outputs are made of.",
        subcommands: [EjectCommand.self, ContextCommand.self]
    )
}

struct EjectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eject",
        abstract: "Copies the embedded templates out, to be changed and given to generate --templates."
    )

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The target whose templates to copy; all without it.", valueName: "name"))
    var target: String?

    func run() throws {
        var run = EjectRun(output: output)
        run.target = target
        try run.run().finish()
    }
}

struct ContextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context",
        abstract: "Prints everything that templates see, as JSON."
    )

    @OptionGroup var options: DefinitionOptions

    @Option(help: ArgumentHelp("The Swift type of the registry.", valueName: "name"))
    var registry: String = GenerateRun.standardRegistryName

    func run() throws {
        var run = ContextRun(definitions: options.definitions)
        run.registryName = registry
        run.errorStyle = Terminal.errorStyle
        try run.run().finish()
    }
}
