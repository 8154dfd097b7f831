internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a commented first definition file.",
        discussion: "A file that is there already is left alone."
    )

    @Argument(help: "The file to write.")
    var file = "Definitions/metrics.yaml"

    @Option(help: ArgumentHelp("What every name begins with: the application, as in shop_.", valueName: "name"))
    var namespace = "app"

    func validate() throws {
        guard StarterFile.isNamespace(namespace) else {
            throw ValidationError(
                "'\(namespace)' cannot begin names: write a word of lower case letters, digits and single underscores, as 'shop'."
            )
        }
        guard file.hasSuffix(".yaml") || file.hasSuffix(".yml") else {
            throw ValidationError("'\(file)' would not be read as definitions: its name must end in .yaml or .yml.")
        }
    }

    func run() throws {
        if (try? FileSystem.kind(of: file)) != nil {
            let message = "error: \(file) is there already: name another file\n"
            return try CommandOutcome(.cannotWrite, standardError: message).finish()
        }
        do throws(FileError) {
            if let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")), slash != file.startIndex {
                try FileSystem.makeDirectory(String(file[..<slash]))
            }
            try FileSystem.write(Array(StarterFile.text(namespace: namespace).utf8), to: file)
        } catch {
            return try CommandOutcome(.cannotWrite, standardError: "error: \(error)\n").finish()
        }
        try CommandOutcome(.success, standardOutput: "wrote \(file)\n").finish()
    }
}
