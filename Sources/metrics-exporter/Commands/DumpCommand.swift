import ArgumentParser
import MetricsRuntime

/// `metrics-exporter dump`: one exposition to standard output.
struct DumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump",
        abstract: "Prints the merged metrics of a directory once."
    )

    @OptionGroup var directoryOptions: DirectoryOptions

    @Option(help: "The format of the exposition.")
    var format = DumpFormat.text

    func run() async throws {
        try await ExporterFailure.reported {
            let variables = directoryOptions.overlaid(on: EnvironmentVariable.ofThisProcess())
            let storage = MetricsStorageLocation(variables: variables)
            let directory = try storage.requireDirectory()
            switch DirectoryState(ofPath: directory) {
            case .readable: break
            case .missing:
                throw ExporterFailure.noInput(
                    "the directory '\(directory)' does not exist; name the one that the app writes to with "
                        + "--multiproc-dir or PROMETHEUS_MULTIPROC_DIR"
                )
            case .unusable(let reason):
                throw ExporterFailure.noInput("the directory '\(directory)' cannot be read: \(reason)")
            }
            let collector = MultiprocessCollector(directory: directory)
            let snapshot = collector.collect()
            do {
                try StandardStream.output.write(format.exposition.encode(snapshot))
            } catch {
                throw ExporterFailure.output("cannot write to standard output: \(error)")
            }
            // What is left out is no failure: the rest is what the directory says.
            let warnings = collector.lastFaults.map { "warning: \($0)\n" }
            try? StandardStream.error.write(Array(warnings.joined().utf8))
        }
    }
}

/// The formats by the names that the command line has for them.
enum DumpFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case openmetrics
    case protobuf

    var exposition: ExpositionFormat {
        switch self {
        case .text: .text
        case .openmetrics: .openMetrics
        case .protobuf: .protobuf
        }
    }
}
