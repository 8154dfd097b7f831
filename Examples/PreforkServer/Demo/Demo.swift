#if Server
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Starts a server of its own and sends it load.
    struct Demo: Sendable {
        /// How many workers serve.
        let workers: Int
        /// Where they share their metrics.
        let directory: String

        /// How many connections the load comes on.
        private static let connections = 8
        /// How long each of them waits between two requests: about 500 requests a second in all.
        private static let pause = Duration.milliseconds(10)

        /// What was found wrong.
        struct Result: Sendable {
            /// Sentences; none where everything adds up.
            var findings: [String]
            /// The last scrape.
            var scrape: String
            /// What became of the requests.
            var counts: LoadGenerator.Counts
            /// How many scrapes were checked.
            var scrapes: Int
        }

        /// Starts the server.
        private func start() async throws -> (ServerHandle, application: ServerAddress, metrics: ServerAddress) {
            let server = try ServerHandle(
                executable: ExecutablePath.current(),
                directory: directory,
                arguments: [
                    "--workers", "\(workers)", "--port", "0", "--memory-interval", "1", "--cpu-interval", "1",
                    // The requests that fail are meant to.
                    "--worker-log-level", "critical",
                ]
            )
            do {
                let addresses = try await ready(server)
                return (server, addresses.application, addresses.metrics)
            } catch {
                _ = try? await stop(server)
                throw error
            }
        }

        private func ready(
            _ server: ServerHandle
        ) async throws -> (application: ServerAddress, metrics: ServerAddress) {
            try await server.wait(for: "the workers") {
                state -> (application: ServerAddress, metrics: ServerAddress)? in
                guard state.isSettled, let application = state.application, let metrics = state.metrics else {
                    return nil
                }
                return (application, metrics)
            }
        }

        /// Runs until the task is cancelled, with load all the time.
        ///
        /// - Parameter announce: Told where to look.
        func run(announce: @Sendable (_ application: ServerAddress, _ metrics: ServerAddress) -> Void) async throws {
            let (server, application, metrics) = try await start()
            announce(application, metrics)
            let load = LoadGenerator(application, pause: Self.pause)
            try await withThrowingTaskGroup { group in
                group.addTask { await load.run(connections: Self.connections) }
                // A server that ends ends the demo.
                group.addTask {
                    while server.current.status == nil {
                        do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
                    }
                }
                try await group.next()
                group.cancelAll()
            }
            try await stop(server)
        }

        /// Sends load, kills a worker, sends more, and checks that the metrics add up.
        func runOnce() async throws -> Result {
            let (server, application, metrics) = try await start()
            let load = LoadGenerator(application, pause: Self.pause)
            let log = ScrapeLog(metrics: metrics, load: load)
            let killed = WorkerIdentity.name(1)
            do {
                try await withThrowingTaskGroup { group in
                    group.addTask { try await log.run(every: .milliseconds(200)) }
                    try await withLoad(load) {
                        try await answered(300, more: load)
                        let victim = try await server.wait(for: "a worker to kill") { $0.ready[killed] }
                        _ = kill(victim, SIGKILL)
                        try await server.wait(for: "the replacement of \(killed)") { state in
                            state.isSettled && state.ready[killed] != victim ? true : nil
                        }
                        try await answered(300, more: load)
                        // The replacement samples itself once it is a second old.
                        try await sampled(killed, in: log)
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
                let last = try await log.scrape()
                let ended = try await stop(server)
                var findings = await log.findings + FinalChecks(exposition: last, killed: killed).findings()
                if ended != .exited(0) { findings.append("the server ended with \(ended)") }
                return Result(findings: findings, scrape: await log.text, counts: load.counts, scrapes: await log.count)
            } catch {
                _ = try? await stop(server)
                throw error
            }
        }

        /// Runs something under load; the load has ended when it returns.
        private func withLoad(_ load: LoadGenerator, _ body: () async throws -> Void) async throws {
            try await withThrowingTaskGroup { group in
                group.addTask { await load.run(connections: Self.connections) }
                defer { group.cancelAll() }
                try await body()
            }
        }

        private func answered(_ more: Int, more load: LoadGenerator) async throws {
            let goal = load.counts.answered + more
            try await poll("\(more) more answers") { load.counts.answered >= goal }
        }

        private func sampled(_ worker: String, in log: ScrapeLog) async throws {
            try await poll("samples of \(worker)") {
                try await log.scrape().contains("gunicorn_worker_cpu_percent", where: ["worker_id": worker])
            }
        }

        private func poll(_ what: String, _ condition: () async throws -> Bool) async throws {
            let deadline = ContinuousClock.now + .seconds(120)
            while try await !condition() {
                guard ContinuousClock.now < deadline else {
                    throw ServerHandle.TimedOut(what: what, state: "two minutes have passed")
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        @discardableResult
        private func stop(_ server: ServerHandle) async throws -> WaitStatus {
            // In a task of its own: a demo that is cancelled still waits for its server.
            try await Task { try await server.stop(within: .seconds(60)) }.value
        }
    }
#endif
