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
        "The example replaces workers",
        .enabled(if: BuiltProgram.path != nil, "the program was not built")
    )
    struct RestartTests {
        private static let counters = [
            "gunicorn_master_worker_restart_total", "gunicorn_master_worker_restart_count_total",
            "gunicorn_worker_restart_total", "gunicorn_worker_restart_count_total",
        ]

        /// Each of the four counters of restarts has that many for a reason, and no others.
        private func expect(
            _ metrics: Exposition,
            _ count: Double,
            reason: String,
            at location: SourceLocation = #_sourceLocation
        ) {
            for counter in Self.counters {
                #expect(metrics.sum(counter, where: ["reason": reason]) == count, sourceLocation: location)
                #expect(metrics.sum(counter) == count, sourceLocation: location)
            }
        }

        @Test("a worker that was killed is counted once, replaced, and makes no new series")
        func killed() async throws {
            try await ServerUnderTest.with { server in
                for _ in 1...20 { _ = try await server.get("/fast") }
                let before = try await server.scrape()
                #expect(before.sum("gunicorn_worker_requests_total") == 20)

                for round in 1...2 {
                    let victim = try server.pid(of: "worker_1")
                    kill(victim, SIGKILL)
                    _ = try await server.replacement(of: victim, in: "worker_1")
                    let metrics = try await server.scrape()
                    #expect(metrics.regressions(since: before) == [])
                    expect(metrics, Double(round), reason: "kill")
                    let labels = ["worker_id": "worker_1", "reason": "kill", "restart_type": "forced"]
                    #expect(metrics.sum("gunicorn_worker_restart_count_total", where: labels) == Double(round))
                }
                for _ in 1...20 { _ = try await server.get("/fast") }
                let after = try await server.scrape()
                #expect(after.sum("gunicorn_worker_requests_total") == 40)
                let workers = Set(after.samples.values.compactMap { $0.labels["worker_id"] })
                #expect(workers == ["worker_1", "worker_2"])
                let states = ["running": 1.0, "stopped": 0, "starting": 0, "quitting": 0]
                for (state, value) in states {
                    let labels = ["worker_id": "worker_1", "state": state]
                    #expect(after.sum("gunicorn_worker_state", where: labels) == value)
                }
            }
        }

        @Test("a worker that was told to finish by somebody else has left by itself")
        func terminated() async throws {
            try await ServerUnderTest.with { server in
                let victim = try server.pid(of: "worker_2")
                kill(victim, SIGTERM)
                _ = try await server.replacement(of: victim, in: "worker_2")
                let metrics = try await server.scrape()
                expect(metrics, 1, reason: "exit")
                let labels = ["worker_id": "worker_2", "restart_type": "graceful"]
                #expect(metrics.sum("gunicorn_master_worker_restart_count_total", where: labels) == 1)
                #expect(server.handle.current.ends.map(\.status) == [.exited(0)])
            }
        }

        @Test("a worker that stopped answering its heartbeat is killed and replaced")
        func stopped() async throws {
            try await ServerUnderTest.with(["--heartbeat-timeout", "4"]) { server in
                let victim = try server.pid(of: "worker_1")
                kill(victim, SIGSTOP)
                // The others go on answering: what waits is shared by all.
                for _ in 1...10 { #expect(try await server.get("/fast").status == 200) }
                _ = try await server.replacement(of: victim, in: "worker_1")
                #expect(server.handle.current.ends.map(\.pid) == [victim])
                expect(try await server.scrape(), 1, reason: "timeout")
            }
        }

        @Test("a reload replaces every worker, loses no request and closes no connection that is in use")
        func reload() async throws {
            try await ServerUnderTest.with { server in
                let before = server.handle.current.ready
                let load = LoadGenerator(server.application, pause: .milliseconds(5))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await load.run(connections: 4) }
                    defer { group.cancelAll() }
                    try await poll("load") { load.counts.answered > 50 ? true : nil }
                    server.handle.signal(SIGHUP)
                    try await server.handle.wait(for: "the end of the old workers") { state in
                        state.ends.count == 2 ? true : nil
                    }
                    let goal = load.counts.answered + 50
                    try await poll("more load") { load.counts.answered > goal ? true : nil }
                }
                let state = server.handle.current
                #expect(load.counts.broken == 0)
                #expect(Set(state.ends.map(\.pid)) == Set(before.values))
                #expect(state.ends.allSatisfy { $0.status == .exited(0) })
                #expect(Set(state.ready.keys) == ["worker_1", "worker_2"])
                #expect(Set(state.ready.values).isDisjoint(with: before.values))
                let metrics = try await server.scrape()
                expect(metrics, 2, reason: "reload")
                let counted = metrics.sum("gunicorn_worker_requests_total")
                #expect(counted >= Double(load.counts.answered))
                #expect(counted <= Double(load.counts.sent))
                // Workers that have ended in peace left none of their gauges behind.
                try await server.scrape(until: "the gauges of the new workers alone") { metrics in
                    metrics.samples.values.count { $0.name == "gunicorn_worker_memory_bytes" } == 2
                        && metrics.sum("gunicorn_worker_state") == 2
                }
            }
        }
    }
#endif
