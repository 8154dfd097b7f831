#if SwiftMetrics
    import Foundation
    import Metrics
    import MetricsRuntime
    import SwiftMetricsBackend
    import Testing

    /// The Swift of `Documentation/SwiftMetrics.md` and `Documentation/MigratingFromSwiftPrometheus.md`: compiled here,
    /// run as far as it can be, and compared with the pages line by line.
    @Suite("Documented code")
    struct DocumentedCode {
        /// Stands for the registry file of an app.
        private enum GeneratedMetrics {
            static let all = [MetricDescriptor(name: "requests_total", documentation: "Requests", type: .counter)]
        }

        @Test("definitions")
        func definitions() throws {
            let configuration = MetricsBackendConfiguration(definitions: GeneratedMetrics.all)
            let factory = try RegistryMetricsFactory(configuration: configuration)
            MetricsRegistry.withIsolated { registry in
                Counter(label: "requests", factory: factory).increment()
                #expect(
                    registry.scrape
                        == "# HELP requests_total Requests\n# TYPE requests_total counter\nrequests_total 1\n"
                )
            }
        }

        @Test("options by label")
        func options() throws {
            var configuration = MetricsBackendConfiguration()
            configuration.metrics["db.query"] = MetricOptions(documentation: "Query times", buckets: [0.01, 0.1])
            configuration.metrics["connections"] = MetricOptions(name: "db_connections", multiprocessMode: .livesum)
            configuration.timerBuckets = [0.01, 0.1, 1, 10]
            let factory = try RegistryMetricsFactory(configuration: configuration)
            MetricsRegistry.withIsolated { registry in
                Timer(label: "db.query", factory: factory).recordSeconds(1)
                Timer(label: "other", factory: factory).recordSeconds(1)
                Meter(label: "connections", factory: factory).set(3)
                #expect(registry.scrape.contains("# HELP db_query_seconds Query times\n"))
                #expect(registry.samples.filter { $0.hasPrefix("db_query_seconds_bucket") }.count == 3)
                #expect(registry.samples.filter { $0.hasPrefix("other_seconds_bucket") }.count == 5)
                #expect(registry.collect().value("db_connections") == 3)
            }
        }

        @Test("names of swift-prometheus")
        func migration() throws {
            var configuration = MetricsBackendConfiguration(timersEndInSeconds: false)
            configuration.metrics["http.request"] = MetricOptions(buckets: [0.005, 0.05, 0.5, 5])
            let factory = try RegistryMetricsFactory(configuration: configuration)
            MetricsRegistry.withIsolated { registry in
                Timer(label: "http.request", factory: factory).recordMilliseconds(50)
                #expect(registry.collect().value(#"http_request_bucket{le="0.05"}"#) == 1)
                #expect(registry.collect().family("http_request")?.unit == "")
            }
        }

        @Test("labels that differ, isolation and a task's own factory")
        func tests() {
            let registry = MetricsRegistry()
            withMetricsFactory(RegistryMetricsFactory(registry: registry)) {
                Counter(label: "requests").increment()
                Counter(label: "requests", dimensions: [("method", "GET")]).increment()
            }
            #expect(registry.samples == ["requests_total 1", #"requests_total{method="GET"} 1"#])
            withMetricsFactory(RegistryMetricsFactory()) {
                MetricsRegistry.withIsolated { registry in
                    Counter(label: "requests").increment()
                    #expect(registry.collect().value("requests_total") == 1)
                }
            }
        }

        /// Compiled and never called: a process can be bootstrapped once.
        private func start() {
            MetricsRegistry.bootstrap(storage: .memory)
            MetricsSystem.bootstrap(RegistryMetricsFactory())
        }

        @Test(
            "every line of Swift in the pages that shows no other file stands here",
            arguments: ["SwiftMetrics", "MigratingFromSwiftPrometheus"]
        )
        func pages(_ page: String) throws {
            let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let text = try String(
                contentsOf: package.appendingPathComponent("Documentation/\(page).md"),
                encoding: .utf8
            )
            let source = try String(contentsOfFile: #filePath, encoding: .utf8)
            let compiled = Set(source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
            var isSwift = false
            var isElsewhere = false
            for line in text.split(separator: "\n") {
                if line.hasPrefix("<!-- from: ") {
                    // The block shows lines of a file, and another test compares it with that file.
                    isElsewhere = true
                } else if line.hasPrefix("```") {
                    isSwift = line == "```swift" && !isElsewhere
                    isElsewhere = false
                } else if isSwift {
                    #expect(compiled.contains(line.trimmingCharacters(in: .whitespaces)), "\(page).md: \(line)")
                }
            }
        }
    }
#endif
