import ArgumentParser

/// The example: a server of one master and several workers, with every metric of a worker recorded where it arises.
@main
struct PreforkServerCommand: ParsableCommand {
    #if Server
        static let configuration = CommandConfiguration(
            commandName: "PreforkServer",
            abstract: "A prefork HTTP server that records and serves its metrics.",
            subcommands: [ServeCommand.self, DemoCommand.self, WorkerCommand.self]
        )
    #else
        static let configuration = CommandConfiguration(
            commandName: "PreforkServer",
            abstract: "A prefork HTTP server that records and serves its metrics."
        )

        func run() throws {
            throw ValidationError("this example was built without the package trait 'Server', which brings SwiftNIO")
        }
    #endif
}
