#if Server
    import NIOHTTP1
    import Testing

    @testable import PreforkServer

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    @Suite(
        "The example starts and ends",
        .enabled(if: BuiltProgram.path != nil, "the program was not built")
    )
    struct ShutdownTests {
        private static let endpoint = [
            "PROMETHEUS_METRICS_PORT": "0", "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
        ]

        private func serve(_ arguments: [String], _ variables: [String: String]) async throws -> ProgramRun {
            let directory = try TemporaryDirectory(prefix: "prefork-test")
            return try await ProgramRun(
                try #require(BuiltProgram.path),
                ["serve", "--until-input-ends"] + arguments,
                variables: variables.merging(["PROMETHEUS_MULTIPROC_DIR": directory.path]) { own, _ in own }
            )
        }

        @Test("SIGTERM: an answer that is under way is completed, then everything ends")
        func terminate() async throws {
            // Where the machine is so busy that the answer comes before the signal does, it says nothing.
            for _ in 0..<20 {
                if try await terminateDuringAnAnswer() { return }
            }
            Issue.record("no answer was under way when the signal came")
        }

        /// Asks for an answer that takes as long as one may, and ends the server meanwhile; whether the answer says so.
        private func terminateDuringAnAnswer() async throws -> Bool {
            try await ServerUnderTest.with(workers: 1) { server in
                let workers = server.handle.current.seen
                let application = server.application
                let response = try await HTTPConnection.with(application) { connection in
                    try await connection.begin(.GET, "/slow?milliseconds=5000")
                    // The one worker answers this on the same loop, so it has begun the other by then.
                    #expect(try await HTTPConnection.request(application, .GET, "/fast").status == 200)
                    server.handle.signal(SIGTERM)
                    try await poll("refused connections") {
                        (try? await HTTPConnection.request(application, .GET, "/fast")) == nil ? true : nil
                    }
                    return try await connection.response()
                }
                #expect(response.body == "slow\n")
                let status = try await server.handle.wait(for: "the end") { $0.status }
                #expect(status == .exited(0))
                #expect(workers.allSatisfy { !ProcessTable.isRunning($0) })
                #expect(server.handle.current.ends.allSatisfy { $0.status == .exited(0) })
                return response.closes
            }
        }

        @Test("SIGTERM twice is no more than SIGTERM once")
        func terminateTwice() async throws {
            try await ServerUnderTest.with { server in
                server.handle.signal(SIGTERM)
                server.handle.signal(SIGTERM)
                let status = try await server.handle.wait(for: "the end") { $0.status }
                #expect(status == .exited(0))
                try await poll("the reports") { server.handle.current.ends.count == 2 ? true : nil }
                #expect(server.handle.current.ends.allSatisfy { $0.status == .exited(0) })
            }
        }

        @Test("a worker that does not finish in time is killed")
        func drainTimeout() async throws {
            try await ServerUnderTest.with(["--drain-timeout", "0.5"], workers: 1) { server in
                kill(try server.pid(of: "worker_1"), SIGSTOP)
                server.handle.signal(SIGTERM)
                let status = try await server.handle.wait(for: "the end") { $0.status }
                #expect(status == .exited(0))
                try await poll("the report") { server.handle.current.ends.count == 1 ? true : nil }
                #expect(server.handle.current.ends.first?.status == .signalled(SIGKILL))
            }
        }

        @Test("workers whose master vanished end themselves")
        func orphans() async throws {
            try await ServerUnderTest.with { server in
                let workers = server.handle.current.seen
                #expect(workers.count == 2)
                server.handle.signal(SIGKILL)
                try await poll("the end of the workers") {
                    workers.allSatisfy { !ProcessTable.isRunning($0) } ? true : nil
                }
            }
        }

        @Test("the server stops when the program that started it has gone")
        func inputEnds() async throws {
            try await ServerUnderTest.with { server in
                server.handle.endInput()
                let status = try await server.handle.wait(for: "the end") { $0.status }
                #expect(status == .exited(0))
            }
        }

        @Test("a port in use is an error that names it, and no worker is started")
        func portInUse() async throws {
            let other = try ListeningSocket(host: "127.0.0.1", port: 0)
            let port = try #require(ServerAddress(url: other.url)).port
            let application = try await serve(["--port", "\(port)"], Self.endpoint)
            #expect(application.status == .exited(1))
            #expect(application.errors.contains("cannot listen on 127.0.0.1:\(port)"))
            #expect(application.errors.contains("--port"))
            #expect(!application.output.contains("ready"))

            let metrics = try await serve(
                ["--port", "0"],
                ["PROMETHEUS_METRICS_PORT": "\(port)", "PROMETHEUS_BIND_ADDRESS": "127.0.0.1"]
            )
            #expect(metrics.status == .exited(1))
            #expect(metrics.errors.contains("127.0.0.1:\(port)"))
            #expect(!metrics.output.contains("ready"))
        }

        @Test("all that is wrong with the environment is said at once")
        func environment() async throws {
            let run = try await serve(
                ["--port", "0"],
                ["PROMETHEUS_METRICS_PORT": "seventy", "PROMETHEUS_BIND_ADDRESS": "", "PROMETHEUS_MULTIPROC_DIR": ""]
            )
            #expect(run.status == .exited(1))
            for variable in ["PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS", "PROMETHEUS_MULTIPROC_DIR"] {
                #expect(run.errors.contains(variable))
            }
        }

        @Test("a directory that cannot be used is an error that names it")
        func directory() async throws {
            let run = try await serve(
                ["--port", "0"],
                Self.endpoint.merging(["PROMETHEUS_MULTIPROC_DIR": "/dev/null/metrics"]) { $1 }
            )
            #expect(run.status == .exited(1))
            #expect(run.errors.contains("/dev/null/metrics"))
        }

        @Test("a worker cannot be started by hand")
        func workerByHand() async throws {
            let run = try await ProgramRun(
                try #require(BuiltProgram.path),
                ["worker", "--number", "1", "--heartbeat-interval", "1"]
            )
            #expect(run.status == .exited(64))
            #expect(run.errors.contains("PreforkServer serve"))
        }

        @Test("the demo checks itself")
        func demo() async throws {
            let run = try await ProgramRun(try #require(BuiltProgram.path), ["demo", "--once"])
            #expect(run.status == .exited(0), "\(run.output)\(run.errors)")
            #expect(run.output.contains("# adds up"))
            #expect(run.output.contains(#"gunicorn_master_worker_restart_total{reason="kill"} 1"#))
        }
    }
#endif
