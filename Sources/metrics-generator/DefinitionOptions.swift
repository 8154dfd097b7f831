internal import ArgumentParser

/// Where definitions are read from: options that every command has.
struct DefinitionOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .upToNextOption,
        help: ArgumentHelp("Folders or files (.yaml, .yml) with definitions.", valueName: "path")
    )
    var definitions: [String] = ["Definitions"]

    @Flag(help: "Treat warnings as errors.")
    var strict = false
}
