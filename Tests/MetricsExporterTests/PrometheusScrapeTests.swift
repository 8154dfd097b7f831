#if Server
    import Foundation
    import Testing

    /// A real Prometheus server scrapes the exporter and gives back what was in the files.
    @Suite(.timeLimit(.minutes(10)))
    struct PrometheusScrapeTests {
        private static let prometheus = Command.path(of: "prometheus")

        /// The server asks for OpenMetrics, and for protobuf where it is told to store native histograms.
        @Test(.enabled(if: prometheus != nil, "prometheus is not on the PATH"), arguments: [false, true])
        func theServerIngestsTheExposition(asksForProtobuf: Bool) async throws {
            let folder = try TemporaryFolder()
            _ = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess([
                "serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0",
            ])
            let port = try await exporter.port()
            let server = try PrometheusServer(
                try #require(Self.prometheus),
                scraping: "127.0.0.1:\(port)",
                asksForProtobuf
            )
            let api = try await server.api()

            // Targets appear some seconds after the server calls itself ready.
            _ = try await eventually("the target is up") {
                let targets = try await Command.get("\(api)/targets?state=active")
                return targets.contains(#""health":"up""#) ? true : nil
            }
            let value = try await eventually("the sample can be queried") {
                let answer = try await Command.get("\(api)/query?query=app_requests_total")
                return answer.firstMatch(of: #/"path":"/"[^}]*},"value":\[[^,]*,"([^"]*)"\]/#).map { String($0.1) }
            }
            #expect(value == "7.5")
            // The endpoint's histogram of its own scrapes, as whatever format carried it.
            let scrapes = try await eventually("the histogram can be queried") {
                let query = "metrics_scrape_size_bytes_bucket%7Ble%3D%22%2BInf%22%7D"
                let answer = try await Command.get("\(api)/query?query=\(query)")
                return answer.firstMatch(of: #/"value":\[[^,]*,"([1-9][0-9]*)"\]/#).map { String($0.1) }
            }
            #expect(Int(scrapes) != nil)
            // In OpenMetrics a counter's name has no suffix.
            let name = asksForProtobuf ? "app_requests_total" : "app_requests"
            let metadata = try await Command.get("\(api)/targets/metadata?metric=\(name)")
            #expect(metadata.contains(#""type":"counter","help":"Requests""#))
        }
    }

    /// A Prometheus server on a port of the system's choice, with its data in a temporary folder.
    private final class PrometheusServer: @unchecked Sendable {
        private let process = Process()
        private let folder: TemporaryFolder
        private let logPath: String

        init(_ path: String, scraping target: String, _ asksForProtobuf: Bool) throws {
            folder = try TemporaryFolder()
            logPath = folder.path + "/log"
            let configuration = """
                global: {scrape_interval: 1s, scrape_timeout: 900ms}
                scrape_configs:
                  - job_name: exporter
                    static_configs: [{targets: ['\(target)']}]
                """
            try folder.write(Array(configuration.utf8), as: "prometheus.yml")
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = [
                "--config.file=\(folder.path)/prometheus.yml", "--storage.tsdb.path=\(folder.path)/data",
                "--web.listen-address=127.0.0.1:0",
            ]
            if asksForProtobuf { process.arguments?.append("--enable-feature=native-histograms") }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = try folder.file("log")
            try process.run()
        }

        deinit {
            process.terminate()
            process.waitUntilExit()
        }

        /// The address of its API, as soon as it listens.
        func api() async throws -> String {
            let port = try await eventually("prometheus reports its port") { [logPath] in
                let log = String(decoding: FileManager.default.contents(atPath: logPath) ?? Data(), as: UTF8.self)
                return log.firstMatch(of: #/Listening on"? address=127\.0\.0\.1:(\d+)/#).map { String($0.1) }
            }
            return "http://127.0.0.1:\(port)/api/v1"
        }
    }
#endif
