internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of definition files, for editors.",
        discussion: """
            Editors with the YAML language server complete and check by it when a file begins with \
            '# yaml-language-server: $schema=metrics.schema.json'.
            """
    )

    func run() throws { try CommandOutcome(.success, standardOutput: DefinitionJSONSchema.text).finish() }
}
