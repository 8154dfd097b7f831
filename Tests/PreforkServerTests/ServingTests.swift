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
        "The example answers and records",
        .enabled(if: BuiltProgram.path != nil, "the program was not built")
    )
    struct ServingTests {
        @Test("every route, and what is recorded of it")
        func routes() async throws {
            try await ServerUnderTest.with(["--memory-interval", "1", "--cpu-interval", "1"]) { server in
                #expect(try await server.get("/fast").body == "fast\n")
                #expect(try await server.get("/slow?milliseconds=20").body == "slow\n")
                #expect(try await server.get("/").body.contains("/fail/{kind}"))
                #expect(try await server.get("/worker").body.hasPrefix("worker_"))
                #expect(try await server.get("/no/such/path").status == 404)
                #expect(try await HTTPConnection.request(server.application, .POST, "/fast").status == 405)
                let failures = [("request", 500), ("timeout", 504), ("memory", 503), ("cpu", 503)]
                for (kind, status) in failures {
                    #expect(try await server.get("/fail/\(kind)").status == status)
                }
                let body = String(repeating: "x", count: 5000)
                let echo = try await HTTPConnection.with(server.application) { connection in
                    try await connection.send(.POST, "/echo", body: body)
                }
                #expect(echo.body == body)

                let metrics = try await server.scrape(until: "samples of both workers") { metrics in
                    ["worker_1", "worker_2"].allSatisfy {
                        metrics.contains("gunicorn_worker_cpu_percent", where: ["worker_id": $0])
                    }
                }
                #expect(metrics.sum("gunicorn_worker_requests_total") == 11)
                #expect(metrics.sum("gunicorn_worker_request_duration_seconds_count") == 11)
                #expect(metrics.sum("gunicorn_worker_request_size_bytes_sum") == 5000)
                #expect(metrics.sum("gunicorn_worker_response_size_bytes_sum") >= 5000)
                for type in ["RequestError", "TimeoutError", "MemoryError", "CPUError"] {
                    let labels = ["error_type": type, "endpoint": "/fail/{kind}", "method": "GET"]
                    #expect(metrics.sum("gunicorn_worker_failed_requests_total", where: labels) == 1)
                    #expect(metrics.sum("gunicorn_worker_error_handling_total", where: labels) == 1)
                }
                #expect(metrics.sum("gunicorn_worker_failed_requests_total") == 4)
                for worker in ["worker_1", "worker_2"] {
                    let running = ["worker_id": worker, "state": "running"]
                    #expect(metrics.sum("gunicorn_worker_state", where: running) == 1)
                    #expect(metrics.sum("gunicorn_worker_state", where: ["worker_id": worker]) == 1)
                    #expect(metrics.sum("gunicorn_worker_memory_bytes", where: ["worker_id": worker]) > 1_000_000)
                    #expect(metrics.sum("gunicorn_worker_uptime_seconds", where: ["worker_id": worker]) >= 0.5)
                }
                #expect(metrics.sum("gunicorn_master_worker_restart_total") == 0)
            }
        }

        @Test("requests on one connection follow one another, with and without bodies")
        func keepAlive() async throws {
            try await ServerUnderTest.with(workers: 1) { server in
                try await HTTPConnection.with(server.application) { connection in
                    for number in 1...20 {
                        let response = try await connection.send(.POST, "/echo", body: "\(number)")
                        #expect(response.body == "\(number)")
                        #expect(!response.closes)
                    }
                    let head = try await connection.send(.HEAD, "/fast")
                    #expect(head.status == 200)
                    #expect(head.body == "")
                    #expect(head.headers.first(name: "Content-Length") == "5")
                    let large = String(repeating: "x", count: RequestHandler.bodyLimit + 1)
                    #expect(try await connection.send(.PUT, "/echo", body: large).status == 413)
                    #expect(try await connection.send(.GET, "/fast").status == 200)
                }
                #expect(try await server.scrape().sum("gunicorn_worker_requests_total") == 23)
            }
        }

        @Test(
            "another program's client understands every route",
            .enabled(if: ProgramRun.find("curl") != nil, "no curl")
        )
        func curl() async throws {
            let curl = try #require(ProgramRun.find("curl"))
            try await ServerUnderTest.with { server in
                let targets = ["/", "/fast", "/slow?milliseconds=5", "/worker", "/fail/request", "/fail/memory", "/x"]
                let run = try await ProgramRun(
                    curl,
                    ["-s", "--max-time", "240", "-o", "/dev/null", "-w", "%{http_code} "]
                        + targets.map { "\(server.application)\($0)" }.flatMap { [$0, "-o", "/dev/null"] }
                )
                #expect(run.status == .exited(0))
                #expect(run.output == "200 200 200 200 500 503 404 ")

                let echo = try await ProgramRun(
                    curl,
                    ["-s", "--max-time", "240", "-d", "hello", "\(server.application)/echo"]
                )
                #expect(echo.output == "hello")
                let metrics = try await ProgramRun(curl, ["-s", "--max-time", "240", "\(server.metrics)/metrics"])
                #expect(try Exposition(parsing: metrics.output).sum("gunicorn_worker_requests_total") == 8)

                // A method with a blank in it is no HTTP.
                let garbage = try await ProgramRun(
                    curl,
                    ["-s", "--max-time", "240", "-X", "NO METHOD", "-w", "%{http_code}", "\(server.application)/fast"]
                )
                #expect(garbage.output == "not HTTP\n400")
                let after = try await server.scrape()
                #expect(after.sum("gunicorn_worker_requests_total") == 8)
                #expect(
                    after.sum(
                        "gunicorn_worker_error_handling_total",
                        where: ["endpoint": "unreadable", "method": "OTHER", "error_type": "RequestError"]
                    ) == 1
                )
            }
        }
    }
#endif
