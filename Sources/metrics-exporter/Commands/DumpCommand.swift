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
            let directory = try directoryOptions.requireReadable()
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
