internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

extension VerifyRun.OutputFormat: ExpressibleByArgument {}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares what a program exposes with the definitions.",
        usage: "metrics-generator verify <file> [--definitions <path> ...] [--format <format>] [--ignore <name> ...]",
        discussion: """
            Metrics that are missing, families that are not defined, and types, help, units, labels, values and buckets \
            that differ are reported at their places in the scrape and in the definitions, and exit with 2. A scrape \
            that cannot be read exits with 65.
            """
    )

    @Argument(help: ArgumentHelp("The scrape; - for standard input.", valueName: "file"))
    var scrape: String?

    @OptionGroup var options: DefinitionOptions

    @Option(help: "How to write what differs.")
    var format: VerifyRun.OutputFormat = .text

    @Option(help: "The scrape's format; auto goes by its '# EOF' or '# UNIT' lines.")
    var scrapeFormat: ScrapeFormatOption = .auto

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Families that need not be defined; * at the end stands for anything.", valueName: "name")
    )
    var ignore: [String] = []

    /// The option takes all paths that follow it, so in `verify --definitions Definitions scrape.txt` also the scrape.
    private var paths: (definitions: [String], scrape: String)? {
        if let scrape { return (options.definitions, scrape) }
        guard options.definitions.count > 1, let last = options.definitions.last else { return nil }
        return (options.definitions.dropLast(), last)
    }

    func validate() throws {
        if paths == nil {
            throw ValidationError("Missing expected argument '<file>': the scrape; - for standard input.")
        }
    }

    func run() throws {
        guard let paths else { return }
        var run = VerifyRun(definitions: paths.definitions, path: paths.scrape)
        run.scrapeFormat = scrapeFormat.format
        run.outputFormat = format
        run.ignored = ignore.map { FamilyPattern($0) }
        run.isStrict = options.strict
        run.style = Terminal.outputStyle
        run.errorStyle = Terminal.errorStyle
        try run.run().finish()
    }
}
