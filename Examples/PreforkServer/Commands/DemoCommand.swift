#if Server
    import ArgumentParser
    import NIOCore
    import NIOPosix

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Shows the server at work.
    struct DemoCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "demo",
            abstract: "Start a server with workers, send it load, and show where its metrics are.",
            discussion: """
                Needs no settings: ports are chosen by the system, and the metrics are shared in a temporary directory. \
                With --once it kills a worker under load, checks that every number adds up, and ends with 0 if so.
                """
        )

        @Flag(help: "Run for some seconds, check the metrics and end, with 0 if everything adds up and with 1 if not.")
        var once = false

        @Option(help: "How many workers serve.")
        var workers = 2

        @Option(help: ArgumentHelp("Share the metrics there instead of in a temporary directory.", valueName: "path"))
        var directory: String?

        func validate() throws {
            guard (1...64).contains(workers) else { throw ValidationError("--workers takes 1 to 64") }
        }

        func run() throws {
            if let directory {
                try wait(in: directory)
            } else {
                let temporary = try TemporaryDirectory(prefix: "prefork-demo")
                try wait(in: temporary.path)
            }
        }

        /// Runs the demo, and blocks until it has ended.
        private func wait(in directory: String) throws {
            let (interrupts, interrupted) = AsyncStream<Void>.makeStream()
            try SignalThread.start([SIGINT, SIGTERM]) { _ in interrupted.yield() }
            let ended = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Void.self)
            let running = ended.completeWithTask { try await run(in: directory) }
            let waiting = Task {
                for await _ in interrupts { running.cancel() }
            }
            defer { waiting.cancel() }
            do {
                try ended.futureResult.wait()
            } catch is CancellationError {
                // An interrupted check has checked nothing; the demo that runs until then has done its work.
                if once { throw ExitCode(128 + SIGINT) }
            }
        }

        private func run(in directory: String) async throws {
            let demo = Demo(workers: workers, directory: directory)
            if once { try await check(demo) } else { try await show(demo) }
        }

        private func check(_ demo: Demo) async throws {
            let result = try await demo.runOnce()
            print(result.scrape)
            print(
                """
                # sent \(result.counts.sent), answered \(result.counts.answered), connections broken \
                \(result.counts.broken), scrapes checked \(result.scrapes)
                """
            )
            guard result.findings.isEmpty else {
                print("# does not add up:")
                for finding in result.findings { print("#   \(finding)") }
                throw ExitCode(1)
            }
            print("# adds up: answered <= counted <= sent, no counter fell, the killed worker was counted once")
        }

        private func show(_ demo: Demo) async throws {
            try await demo.run { application, metrics in
                print(
                    """
                    The server answers at \(application)/ and its metrics are at \(metrics)/metrics.
                    Try:  curl -s \(metrics)/metrics | grep requests_total
                          curl -s \(application)/
                    Ctrl-C ends it.
                    """
                )
                fflush(nil)
            }
        }
    }
#endif
