internal import ArgumentParser
import PackageVersion

/// The root command; with no subcommand it prints its help.
@main
struct MetricsGenerator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics-generator",
        abstract: "Makes typed Swift of metric definitions in YAML.",
        discussion: """
            Exit codes: 0 all well; 1 the definitions are wrong; 2 a check found a difference; 64 wrong usage; \
            65 a scrape that cannot be read; 66 the input is missing; 74 the output cannot be written.
            """,
        version: packageVersion,
        subcommands: [
            InitCommand.self, ValidateCommand.self, GenerateCommand.self, ListCommand.self, DiffCommand.self,
            VerifyCommand.self, ImportCommand.self, ExplainCommand.self, SchemaCommand.self,
            TemplatesCommand.self,
        ]
    )
}
