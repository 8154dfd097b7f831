#if Server
    import MetricsRuntime
    import Testing

    /// A real Prometheus server scrapes the exporter and gives back what was in the files.
    @Suite(.timeLimit(.minutes(10)))
    struct PrometheusScrapeTests {
        private static let prometheus = Command.path(of: "prometheus")

        /// The server asks for OpenMetrics, for protobuf where it is told to store native histograms, and for the plain
        /// text where what stands between the two asks for no more.
        @Test(
            .enabled(if: prometheus != nil, "prometheus is not on the PATH"),
            .enabled(if: PlainTextRelay.python != nil, "python3 is not on the PATH"),
            arguments: ExpositionFormat.allCases
        )
        func theServerIngestsTheExposition(format: ExpositionFormat) async throws {
            let folder = try TemporaryFolder()
            _ = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess([
                "serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0",
            ])
            let endpoint = "127.0.0.1:\(try await exporter.port())"
            let relay = format == .text ? try PlainTextRelay(to: endpoint) : nil
            let server = try PrometheusServer(
                try #require(Self.prometheus),
                scraping: try await relay?.address() ?? endpoint,
                asksForProtobuf: format == .protobuf
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
            let name = format == .openMetrics ? "app_requests" : "app_requests_total"
            let metadata = try await Command.get("\(api)/targets/metadata?metric=\(name)")
            #expect(metadata.contains(#""type":"counter","help":"Requests""#))
        }
    }
#endif
