#if Server
    import Testing

    @testable import PreforkServer

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// What Prometheus' own programs say of the example's scrape.
    @Suite(
        "Prometheus judges the example",
        .enabled(if: BuiltProgram.path != nil, "the program was not built"),
        .enabled(if: ProgramRun.find("curl") != nil, "no curl")
    )
    struct PeerTests {
        /// What promtool has against the names of the metrics, each with the reason why it stays. There is nothing.
        private static let knownComplaints: [String] = []

        @Test(
            "promtool has nothing against the scrape",
            .enabled(if: ProgramRun.find("promtool") != nil, "no promtool")
        )
        func promtool() async throws {
            try await ServerUnderTest.with(["--memory-interval", "1", "--cpu-interval", "1"]) { server in
                for target in ["/fast", "/fail/timeout", "/fail/memory"] { _ = try await server.get(target) }
                try await server.scrape(until: "samples of both workers") { metrics in
                    ["worker_1", "worker_2"].allSatisfy {
                        metrics.contains("gunicorn_worker_cpu_percent", where: ["worker_id": $0])
                    }
                }
                let check = "curl -s --max-time 240 \(server.metrics)/metrics | promtool check metrics"
                let run = try await ProgramRun("/bin/sh", ["-c", check])
                #expect(run.errors.split(separator: "\n").map(String.init) == Self.knownComplaints)
                #expect(run.status == .exited(0))
            }
        }

        @Test(
            "a Prometheus server scrapes the example and answers queries about it",
            .enabled(if: ProgramRun.find("prometheus") != nil, "no prometheus")
        )
        func prometheus() async throws {
            let program = try #require(ProgramRun.find("prometheus"))
            try await ServerUnderTest.with { server in
                for _ in 0..<5 { _ = try await server.get("/fast") }
                let directory = try TemporaryDirectory(prefix: "prometheus-test")
                // The port is the system's choice, which the server writes into its log.
                let script = """
                    printf '%s' "global: {scrape_interval: 1s, scrape_timeout: 900ms}
                    scrape_configs: [{job_name: example, static_configs: [{targets: ['${TARGET#http://}']}]}]
                    " > prometheus.yml
                    exec "$PROMETHEUS" --config.file=prometheus.yml --storage.tsdb.path=data \
                        --web.listen-address=127.0.0.1:0 > log 2>&1
                    """
                let pid = try ChildProcess.start(
                    "/bin/sh",
                    arguments: ["sh", "-c", "cd \(directory.path) && " + script],
                    environment: ProcessEnvironment.current().setting([
                        "TARGET": "\(server.metrics)", "PROMETHEUS": program,
                    ]),
                    ownGroup: true
                )
                defer {
                    kill(pid, SIGTERM)
                    var status: Int32 = 0
                    waitpid(pid, &status, 0)
                }
                let api = try await poll("the port of Prometheus") {
                    let run = try await ProgramRun(
                        "/bin/sh",
                        ["-c", "sed -nE 's/.*Listening on.* address=127.0.0.1:([0-9]+).*/\\1/p' \(directory.path)/log"]
                    )
                    let port = run.output.split(separator: "\n").first
                    return port.map { "http://127.0.0.1:\($0)/api/v1" }
                }
                // Targets appear some seconds after the server calls itself ready.
                let sum = try await poll("the answer to a query") {
                    let query = "query=sum(gunicorn_worker_requests_total)"
                    let run = try await ProgramRun(
                        try #require(ProgramRun.find("curl")),
                        ["-s", "--max-time", "240", "--data-urlencode", query, "\(api)/query"]
                    )
                    return run.output.firstMatch(of: #/"value":\[[^,]*,"([^"]*)"\]/#).map { String($0.1) }
                }
                #expect(sum == "5")
                let metadata = try await ProgramRun(
                    try #require(ProgramRun.find("curl")),
                    [
                        "-s", "--max-time", "240",
                        "\(api)/targets/metadata?metric=gunicorn_worker_request_duration_seconds",
                    ]
                )
                #expect(metadata.output.contains(#""type":"histogram""#))
            }
        }
    }
#endif
