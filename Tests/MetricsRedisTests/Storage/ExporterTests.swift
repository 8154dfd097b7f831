#if Redis && Server
    import Foundation
    import MetricsRuntime
    import MetricsServer
    import Testing

    @testable import MetricsRedis

    @Suite(
        "The exporter",
        .enabled(if: RedisServer.isPresent && Program.find("curl") != nil, "needs redis-server and curl")
    )
    struct ExporterTests {
        private static let exporter = Program.product("metrics-exporter")

        private func get(_ program: Program) async throws -> (status: String, body: String) {
            let port = try await eventually("the log reports a port") {
                try #require(program.exitCode == nil, "\(program.output)")
                return program.output.firstMatch(of: #/ port=(\d+) /#).map { String($0.1) }
            }
            let answer = try await Program.run(
                "curl",
                [
                    "-s", "--noproxy", "*", "--max-time", "20", "-w", "\n%{http_code}",
                    "http://127.0.0.1:\(port)/metrics",
                ]
            )
            let lines = answer.split(separator: "\n", omittingEmptySubsequences: false)
            return (String(lines.last ?? ""), lines.dropLast().joined(separator: "\n"))
        }

        private static let endpoint = ["PROMETHEUS_METRICS_PORT": "0", "PROMETHEUS_BIND_ADDRESS": "127.0.0.1"]

        @Test("serves a Redis by flag and by variables, several at once, and one instance alone")
        func serves() async throws {
            let server = try await RedisServer(password: "s3cret")
            let instances = ["a", "b"].map {
                Instance(server.settings, as: RedisInstance(host: $0, name: "1", start: "x"))
            }
            for instance in instances {
                instance.counter("requests_total", "a").inc(by: 2)
                try await instance.publisher.publish()
            }
            let byFlag = try Program(
                Self.exporter,
                ["serve", "--redis-url", "redis://127.0.0.1:\(server.port)/0"],
                environment: Self.endpoint.merging(["REDIS_PASSWORD": "s3cret"]) { $1 }
            )
            let byVariables = try Program(
                Self.exporter,
                ["serve"],
                environment: Self.endpoint.merging([
                    "REDIS_ENABLED": "yes", "REDIS_PORT": "\(server.port)", "REDIS_PASSWORD": "s3cret",
                ]) { $1 }
            )
            let alone = try Program(
                Self.exporter,
                ["serve", "--redis-instance-host", "b"],
                environment: Self.endpoint.merging([
                    "PROMETHEUS_REDIS_URL": "redis://:s3cret@127.0.0.1:\(server.port)"
                ]) { $1 }
            )
            // Works, and says that it is unwise.
            let visible = try Program(
                Self.exporter,
                ["serve", "--redis-url", "redis://:s3cret@127.0.0.1:\(server.port)"],
                environment: Self.endpoint
            )
            for (program, value) in [(byFlag, 4), (byVariables, 4), (alone, 2), (visible, 4)] {
                let answer = try await get(program)
                #expect(answer.status == "200")
                #expect(answer.body.contains(#"requests_total{label="a"} \#(value)"#))
                program.send(SIGTERM)
                #expect(try await program.end() == 0)
                #expect(!program.output.contains("s3cret"))
                #expect(program.output.contains("others can see the password") == (program === visible))
            }
        }

        @Test("answers 500 while Redis is gone, and 200 when it is back")
        func outage() async throws {
            let server = try await RedisServer()
            let program = try Program(
                Self.exporter,
                ["serve", "--redis-url", "redis://127.0.0.1:\(server.port)"],
                environment: Self.endpoint
            )
            #expect(try await get(program).status == "200")
            try await server.kill()
            let answer = try await get(program)
            #expect(answer.status == "500")
            #expect(answer.body.contains("Redis at 127.0.0.1:\(server.port)"))
            try await server.start()
            try await eventually("the exporter finds Redis again") {
                try await get(program).status == "200" ? true : nil
            }
        }

        @Test("says what is wrong with its flags and variables, without secrets")
        func usage() async throws {
            for (arguments, variables, problem) in [
                (["--redis-url", "http://:s3cret@x"], [:], "has a scheme that is none of redis, rediss and unix"),
                ([], ["PROMETHEUS_REDIS_URL": "redis://:s3cret@h:x"], "PROMETHEUS_REDIS_URL=\"<redacted>\" has a port"),
                (["--redis-url", "redis://h", "--multiproc-dir", "/tmp"], [:], "exclude each other"),
                (
                    ["--multiproc-dir", "/tmp", "--redis-instance-host", "h"], [:],
                    "--redis-instance-host is for a Redis"
                ),
                ([], ["REDIS_ENABLED": "maybe"], "REDIS_ENABLED=\"maybe\" is neither yes nor no"),
                (
                    [], ["REDIS_ENABLED": "1", "REDIS_PORT": "tcp://10.0.0.1:6379", "REDIS_TTL_SECONDS": "-1"],
                    "REDIS_PORT=\"tcp://10.0.0.1:6379\" is not a whole number"
                ),
            ] as [([String], [String: String], String)] {
                let program = try Program(
                    Self.exporter,
                    ["serve"] + arguments,
                    environment: Self.endpoint.merging(variables) { $1 }
                )
                #expect(try await program.end() == 64)
                #expect(program.output.contains(problem), "\(program.output)")
                #expect(!program.output.contains("s3cret"))
            }
        }
    }
#endif
