internal import ArgumentParser
internal import MetricsGeneratorCore

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Writes definitions for what a program exposes already.",
        discussion: """
            The definitions go to standard output: curl -s localhost:9090/metrics | metrics-generator import - > \
            Definitions/app.yaml. What the scrape does not say, or definitions cannot say, is a warning on standard \
            error. A scrape that cannot be read is reported with file, line and column, and exit code 65.
            """
    )

    @Argument(help: ArgumentHelp("The scrape; - for standard input.", valueName: "file"))
    var scrape: String

    @Option(help: "The scrape's format; auto goes by its '# EOF' or '# UNIT' lines.")
    var format: ScrapeFormatOption = .auto

    func run() throws {
        var run = ImportRun(path: scrape)
        run.format = format.format
        run.errorStyle = Terminal.errorStyle
        try run.run().finish()
    }
}
