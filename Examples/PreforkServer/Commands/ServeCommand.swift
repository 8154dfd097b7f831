#if Server
    import ArgumentParser
    import Logging
    import MetricsRuntime

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The master: serves until it is told to stop.
    struct ServeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Serve requests by several workers, and the metrics of all of them.",
            discussion: """
                PROMETHEUS_METRICS_PORT and PROMETHEUS_BIND_ADDRESS say where the metrics are served, and \
                PROMETHEUS_MULTIPROC_DIR in which directory the workers share them.

                SIGTERM and SIGINT let the workers finish what they have begun, SIGQUIT kills them, SIGHUP replaces \
                them one for one without losing a connection.
                """
        )

        @Option(help: "How many workers serve.")
        var workers = 2

        @Option(help: "The address to answer requests at.")
        var host = "127.0.0.1"

        @Option(help: "The port to answer requests at; with 0 the system chooses one.")
        var port = 8080

        @Option(help: "Seconds after which a silent worker is killed and replaced.")
        var heartbeatTimeout = Seconds(.seconds(30))

        @Option(help: ArgumentHelp("The least level of what the master logs.", valueName: "level"))
        var logLevel = LogLevel.notice

        @Flag(help: "Stop when standard input ends, as it does when the program that started this one is gone.")
        var untilInputEnds = false

        @OptionGroup
        var options: WorkerOptions

        func validate() throws {
            guard (1...512).contains(workers) else { throw ValidationError("--workers takes 1 to 512") }
            guard (0...65535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
        }

        func run() throws {
            let logger = logLevel.logger("prefork.master")
            // Before any thread is started, the ones of the endpoint included.
            SignalThread.ignore([SIGPIPE])
            let inbox = try SignalPipe(Supervisor.signals)

            let environment = try MetricsEnvironment(requiring: [.server, .directory])
            let directory = try environment.requireDirectory()
            try MetricsRegistry.shared.prepare()
            let socket = try ListeningSocket(host: host, port: port)
            let endpoint = try MetricsEndpoint.start(environment, logger: logger) { Supervisor.stop(inbox) }
            ServerReport.metrics(url: endpoint.url).print()
            ServerReport.application(url: socket.url).print()

            var settings = WorkerPool.Settings(workers: workers)
            settings.heartbeatTimeout = heartbeatTimeout.duration
            // A worker bounds its own end; the master kills only one that does not.
            settings.drainTimeout = options.drainTimeout.duration + .seconds(1)
            let heartbeat = Seconds(min(.seconds(1), heartbeatTimeout.duration / 5))
            let launcher = WorkerLauncher(
                socket: socket.descriptor,
                // A relative directory and a default in the home are resolved once, so that all mean the same.
                environment: .current().setting(["PROMETHEUS_MULTIPROC_DIR": directory]),
                arguments: ["--heartbeat-interval", heartbeat.argument] + options.arguments
            )
            Supervisor(
                settings: settings,
                launcher: launcher,
                inbox: inbox,
                parent: untilInputEnds ? STDIN_FILENO : nil,
                logger: logger
            ).run()
            try endpoint.stop()
        }
    }
#endif
