#if Server
    import NIOHTTP1
    import Testing
    import WorkerMetrics

    @testable import PreforkServer

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A server of the example that runs for one test.
    struct ServerUnderTest {
        let handle: ServerHandle
        let application: ServerAddress
        let metrics: ServerAddress

        /// Starts a server, waits for its workers, and kills whatever is left of it when `body` has ended.
        static func with<Answer>(
            _ arguments: [String] = [],
            workers: Int = 2,
            _ body: (ServerUnderTest) async throws -> Answer
        ) async throws -> Answer {
            let directory = try TemporaryDirectory(prefix: "prefork-test")
            let handle = try ServerHandle(
                executable: try #require(BuiltProgram.path),
                directory: directory.path,
                arguments: ["--workers", "\(workers)", "--port", "0", "--log-level", "critical"]
                    + ["--worker-log-level", "critical"] + arguments
            )
            let outcome: Result<Answer, any Error>
            do {
                let addresses = try await handle.wait(for: "the workers") { state in
                    state.isSettled ? state.application.flatMap { app in state.metrics.map { (app, $0) } } : nil
                }
                outcome = .success(
                    try await body(ServerUnderTest(handle: handle, application: addresses.0, metrics: addresses.1))
                )
            } catch {
                outcome = .failure(error)
            }
            await end(handle)
            return try outcome.get()
        }

        private static func end(_ handle: ServerHandle) async {
            if handle.current.status == nil {
                handle.signal(SIGQUIT)
                _ = try? await poll("the end of the server", within: .seconds(20)) { handle.current.status }
                handle.signal(SIGKILL)
            }
            // A worker that is stopped, or stuck, does not learn that its master has gone.
            let state = handle.current
            for pid in state.seen.subtracting(state.ends.map(\.pid)) where ProcessTable.isRunning(pid) {
                kill(pid, SIGKILL)
            }
        }

        /// One answer, on a connection of its own.
        func get(_ target: String) async throws -> HTTPConnection.Response {
            try await HTTPConnection.request(application, .GET, target)
        }

        /// The merged metrics now.
        func scrape() async throws -> Exposition {
            try Exposition(parsing: await HTTPConnection.request(metrics, .GET, "/metrics").body)
        }

        /// Waits until the metrics say something.
        @discardableResult
        func scrape(until what: String, _ condition: (Exposition) -> Bool) async throws -> Exposition {
            try await poll(what) {
                let exposition = try await scrape()
                return condition(exposition) ? exposition : nil
            }
        }

        /// Waits for another process than the given one in a place, and for everything to be settled.
        func replacement(of pid: pid_t, in worker: String) async throws -> pid_t {
            try await handle.wait(for: "the replacement of \(worker)") { state in
                state.isSettled && state.ready[worker] != pid ? state.ready[worker] : nil
            }
        }

        /// The process that serves in a place.
        func pid(of worker: String) throws -> pid_t {
            try #require(handle.current.ready[worker])
        }
    }

    /// What the system knows of other processes.
    enum ProcessTable {
        /// Whether a process runs: it is there, and more than an end that nobody has collected.
        static func isRunning(_ pid: pid_t) -> Bool {
            guard kill(pid, 0) == 0 || errno == EPERM else { return false }
            #if os(Linux)
                let descriptor = open("/proc/\(pid)/stat", O_RDONLY)
                guard descriptor >= 0 else { return false }
                defer { close(descriptor) }
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = max(0, read(descriptor, &buffer, buffer.count))
                guard let line = try? ProcessStatLine(parsing: buffer[..<count], source: "stat") else { return false }
                return line.state != "Z" && line.state != "X"
            #else
                return true
            #endif
        }
    }
#endif
