#if Server
    import Foundation
    import Testing

    /// `metrics-exporter serve`: from its start to its end.
    @Suite(.timeLimit(.minutes(10))) struct ServeCommandTests {
        private func variables(_ folder: String, port: Int = 0) -> [String: String] {
            [
                "PROMETHEUS_MULTIPROC_DIR": folder, "PROMETHEUS_METRICS_PORT": String(port),
                "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
            ]
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func servesByTheVariablesAloneUntilASignal(signal: Int32) async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess(["serve"], environment: variables(folder.path))
            let address = "http://127.0.0.1:\(try await exporter.port())"
            #expect(try await Command.get("\(address)/metrics").hasPrefix(expected))
            #expect(try await Command.get("\(address)/-/healthy") == "Healthy.\n")
            #expect(try await Command.get("\(address)/-/ready") == "Ready.\n")
            #expect(try await Command.get(address).contains(#"<a href="/metrics">"#))
            exporter.send(signal)
            let run = try await exporter.outcome()
            #expect(run.exitCode == 0)
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("stopped serving metrics"))
        }

        @Test func flagsOverrideTheVariables() async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess(
                ["serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0"],
                // Each of these would be an error without its flag.
                environment: [
                    "PROMETHEUS_MULTIPROC_DIR": "", "PROMETHEUS_METRICS_PORT": "abc", "PROMETHEUS_BIND_ADDRESS": "a b",
                ]
            )
            let port = try await exporter.port()
            #expect(try await Command.get("http://127.0.0.1:\(port)/metrics").hasPrefix(expected))
        }

        /// The exporter may start before the app, and goes on whatever turns up in the directory.
        @Test func scrapesGoOnWhateverTheDirectoryHolds() async throws {
            let parent = try TemporaryFolder()
            let folder = parent.path + "/metrics"
            let exporter = try ExporterProcess(["serve"], environment: variables(folder))
            let url = "http://127.0.0.1:\(try await exporter.port())/metrics"
            #expect(exporter.errors.contains("the directory does not exist yet"))
            #expect(!(try await Command.get(url)).contains("app_requests_total"))

            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let source = try TemporaryFolder()
            let expected = try source.writeTwoWorkers()
            for name in ["counter_101.db", "counter_102.db"] {
                try FileManager.default.copyItem(atPath: "\(source.path)/\(name)", toPath: "\(folder)/\(name)")
            }
            #expect(try await Command.get(url).contains(expected))
            try Data().write(to: URL(fileURLWithPath: folder + "/counter_103.db"))
            try Data([0xFF, 0xFF, 0xFF, 0x7F]).write(to: URL(fileURLWithPath: folder + "/gauge_all_104.db"))
            #expect(try await Command.get(url).contains(expected))
            #expect(try await Command.get(url).contains(expected))
            for name in ["counter_103.db", "gauge_all_104.db"] {
                // Told once, not at every scrape.
                #expect(exporter.errors.ranges(of: "fault=\(name)").count == 1)
            }
            try FileManager.default.removeItem(atPath: folder)
            #expect(!(try await Command.get(url)).contains("app_requests_total"))
        }

        @Test func aWebConfigurationIsInForceOrEndsIt() async throws {
            let folder = try TemporaryFolder()
            let file = folder.path + "/web.yml"
            let arguments = ["serve", "--web-config", file, "--process-metrics", "--log-level", "warning"]
            try Data("http_server_config: {headers: {X-Frame-Options: foo}}\n".utf8).write(
                to: URL(fileURLWithPath: file)
            )
            let refused = try await ExporterProcess.run(arguments, environment: variables(folder.path))
            #expect(refused.exitCode == 64)
            #expect(
                refused.errors.hasPrefix(
                    "error: \(file):1: http_server_config.headers.X-Frame-Options: 'foo' is none of its values"
                )
            )
            try Data("http_server_config: {headers: {X-Frame-Options: deny}}\n".utf8).write(
                to: URL(fileURLWithPath: file)
            )
            let exporter = try ExporterProcess(
                ["serve", "--web-config", file, "--process-metrics"],
                environment: variables(folder.path)
            )
            let url = "http://127.0.0.1:\(try await exporter.port())/metrics"
            let curl = try #require(Command.path(of: "curl"))
            let answer = try await Command.output(curl, ["-s", "-i", "--noproxy", "*", url])
            #expect(answer.contains("X-Frame-Options: deny\r\n"))
            #expect(answer.contains("\nmetrics_entries_skipped_total{reason=\"bad_key\"} 0\n"))
            #if os(Linux)
                #expect(answer.contains("\nprocess_resident_memory_bytes "))
            #endif
        }

        /// `serve --help` names the variable of each flag, and each of those works.
        @Test func eachFlagHasAVariable() async throws {
            let help = try await ExporterProcess.run(["serve", "--help"]).output
            let flags = help.split(separator: "\n").filter { $0.hasPrefix("  --") }.compactMap { line in
                line.firstMatch(of: #/--[a-z-]+/#).map { String($0.0) }
            }
            let words = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(flags.count { $0 != "--version" } == words.ranges(of: "Without it").count, "\(help)")

            let folder = try TemporaryFolder()
            let file = folder.path + "/web.yml"
            try Data("http_server_config: {headers: {X-Frame-Options: deny}}\n".utf8).write(
                to: URL(fileURLWithPath: file)
            )
            var environment = variables(folder.path)
            environment["PROMETHEUS_WEB_CONFIG"] = file
            environment["PROMETHEUS_PROCESS_METRICS"] = "Yes"
            environment["PROMETHEUS_LOG_LEVEL"] = "DEBUG"
            let exporter = try ExporterProcess(["serve"], environment: environment)
            let curl = try #require(Command.path(of: "curl"))
            let url = "http://127.0.0.1:\(try await exporter.port())/metrics"
            let answer = try await Command.output(curl, ["-s", "-i", "--noproxy", "*", url])
            #expect(answer.contains("X-Frame-Options: deny\r\n"))
            #if os(Linux)
                #expect(answer.contains("\nprocess_resident_memory_bytes "))
            #endif
            #expect(exporter.errors.contains(" debug metrics-exporter"))
        }

        @Test func flagsOverrideTheOtherVariablesToo() async throws {
            let folder = try TemporaryFolder()
            let file = folder.path + "/web.yml"
            try Data("{}\n".utf8).write(to: URL(fileURLWithPath: file))
            var environment = variables(folder.path)
            // Each of these would be an error, or be seen, without its flag.
            environment["PROMETHEUS_WEB_CONFIG"] = folder.path + "/none.yml"
            environment["PROMETHEUS_PROCESS_METRICS"] = "true"
            environment["PROMETHEUS_LOG_LEVEL"] = "loud"
            let flags = ["--web-config", file, "--no-process-metrics", "--log-level", "info"]
            let exporter = try ExporterProcess(["serve"] + flags, environment: environment)
            let url = "http://127.0.0.1:\(try await exporter.port())/metrics"
            #expect(!(try await Command.get(url)).contains("process_resident_memory_bytes"))
        }

        @Test func everyWrongVariableIsNamedAtOnce() async throws {
            let folder = try TemporaryFolder()
            var environment = variables(folder.path)
            environment["PROMETHEUS_METRICS_PORT"] = "http"
            environment["PROMETHEUS_WEB_CONFIG"] = ""
            environment["PROMETHEUS_PROCESS_METRICS"] = "maybe"
            environment["PROMETHEUS_LOG_LEVEL"] = "loud"
            let run = try await ExporterProcess.run(["serve"], environment: environment)
            #expect(run.exitCode == 64)
            let lines = run.errors.split(separator: "\n")
            let beginnings = [
                #"error: PROMETHEUS_METRICS_PORT="http" is not a whole number; "#,
                #"error: PROMETHEUS_WEB_CONFIG="" is empty; "#,
                #"error: PROMETHEUS_PROCESS_METRICS="maybe" is neither true nor false; "#,
                #"error: PROMETHEUS_LOG_LEVEL="loud" is no log level; set it to one of trace, debug, "#,
            ]
            #expect(lines.count == beginnings.count)
            for (line, beginning) in zip(lines, beginnings) { #expect(line.hasPrefix(beginning)) }
        }

        @Test func aPortInUseEndsIt() async throws {
            let folder = try TemporaryFolder()
            let first = try ExporterProcess(["serve"], environment: variables(folder.path))
            let port = try await first.port()
            let run = try await ExporterProcess.run(["serve"], environment: variables(folder.path, port: port))
            #expect(run.exitCode == 69)
            #expect(run.errors.contains("error: cannot listen on 127.0.0.1:\(port): the port is in use;"))
        }

        @Test func everyMissingVariableIsNamedAtOnce() async throws {
            let run = try await ExporterProcess.run(["serve"])
            #expect(run.exitCode == 64)
            let lines = run.errors.split(separator: "\n")
            #expect(lines.count == 3)
            for (line, name) in zip(
                lines,
                ["PROMETHEUS_MULTIPROC_DIR", "PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS"]
            ) {
                #expect(line.hasPrefix("error: \(name) is not set"))
            }
        }

        @Test(
            arguments: [
                ["--port", "70000"], ["--port", "-1"], ["--port", "abc"], ["--bind-address", ""],
                ["--bind-address", "127.0.0.1:80"], ["--multiproc-dir", ""],
            ]
        )
        func wrongFlagsAreUsageErrors(flags: [String]) async throws {
            let folder = try TemporaryFolder()
            let run = try await ExporterProcess.run(["serve"] + flags, environment: variables(folder.path))
            #expect(run.exitCode == 64)
            #expect(run.errors.contains(flags[0]))
        }
    }
#endif
