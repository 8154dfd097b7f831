import ArgumentParser
import PackageVersion

/// The command `metrics-exporter`.
@main
struct MetricsExporter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics-exporter",
        abstract: "Exposes the metrics that the processes of an app keep in a directory.",
        discussion: """
            The directory is the one that the app's processes share: those of this package's runtime, of Python's \
            prometheus_client, or both.

            Exit codes: 0 all well, 64 wrong usage (flags or variables), 66 no such directory, 69 cannot listen on \
            the address, 74 cannot write the output or the directory.
            """,
        version: packageVersion,
        subcommands: subcommands
    )

    private static var subcommands: [any ParsableCommand.Type] {
        #if Server
            [ServeCommand.self, DumpCommand.self, ReapCommand.self]
        #else
            [DumpCommand.self, ReapCommand.self]
        #endif
    }
}
