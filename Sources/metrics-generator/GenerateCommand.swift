internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore
internal import PackageVersion

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Checks the definitions, and writes the code that they describe.",
        discussion: """
            Files whose bytes would not change are not touched. Files that an earlier run wrote and that no definition \
            makes any more are removed. Where anything is wrong, nothing is written.
            """
    )

    @OptionGroup var options: DefinitionOptions

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"))
    var output: String

    @Flag(help: "Write nothing; print a diff and exit with 2 if the output is stale.")
    var check = false

    @Option(
        help: ArgumentHelp(
            "What to make: swift, markdown, grafana, rules, python, or a target of your own templates.",
            valueName: "name"
        )
    )
    var target: String = OutputTarget.standardName

    @Option(help: ArgumentHelp("The Swift type of the registry, and its file's name.", valueName: "name"))
    var registry: String = GenerateRun.standardRegistryName

    @Option(
        help: ArgumentHelp("A folder of .mustache files that override the embedded templates.", valueName: "folder")
    )
    var templates: String?

    @Flag(
        help: ArgumentHelp(
            "Do everything anew, and remember nothing: see the guide on outputs.",
            discussion: "METRICS_GENERATOR_CACHE names the folder in which finished runs are remembered."
        )
    )
    var noCache = false

    /// Whoever runs this command for the user names the command that the user knows.
    @Option(help: .hidden)
    var writingCommand: String?

    /// The settings by which a plugin planned the build: their file, and what it said.
    @Option(help: .hidden)
    var plannedSettings: String?
    @Option(help: .hidden)
    var plannedSettingsText: String?

    func validate() throws {
        guard !output.isEmpty else { throw ValidationError("'--output' is empty: name the folder for the output.") }
        guard SwiftIdentifier.isValidType(registry), !SwiftIdentifier.reservedTypes.contains(registry) else {
            throw ValidationError(
                "'\(registry)' cannot be the name of the registry: write a new Swift type, as AppMetrics."
            )
        }
    }

    func run() throws {
        if let plannedSettings, let plannedSettingsText {
            let planned = PlannedSettings(path: plannedSettings, text: plannedSettingsText)
            if let changed = planned.check() { return try changed.finish() }
        }
        var run = GenerateRun(definitions: options.definitions, output: output)
        run.target = target
        run.registryName = registry
        run.templates = templates
        run.isCheck = check
        run.isStrict = options.strict
        run.errorStyle = Terminal.errorStyle
        if let writingCommand { run.writingCommand = writingCommand }
        if !noCache {
            run.finishedRuns = FinishedRuns(version: packageVersion, environment: Terminal.variable)
        }
        try run.run().finish()
    }
}

extension CommandOutcome {
    /// Prints, and exits with the outcome's code.
    func finish() throws {
        let code = print()
        guard code == .success else { throw ExitCode(code.rawValue) }
    }
}
