import Testing

@Suite("Metrics in a Hummingbird app")
struct MetricsRouteTests {
    @Test func servesTheMetricsInTheFormatThatIsAskedFor() async throws {
        try await RunningApp.with { app in
            let text = try await app.get("/metrics", ["Accept": "text/plain"])
            #expect(text.status == 200)
            #expect(text.headers("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(text.text.contains("\napp_uptime_seconds "))

            let strict = try await app.get(
                "/metrics?name%5B%5D=app_uptime_seconds",
                ["Accept": "application/openmetrics-text;version=1.0.0"]
            )
            #expect(strict.headers("Content-Type")?.hasPrefix("application/openmetrics-text") == true)
            #expect(strict.text.hasPrefix("# HELP app_uptime_seconds"))
            #expect(strict.text.hasSuffix("# EOF\n"))
            #expect(!strict.text.contains("process_"))
        }
    }

    @Test func compressesWhereTheClientWantsIt() async throws {
        try await RunningApp.with { app in
            let packed = try await app.get("/metrics", ["Accept-Encoding": "gzip"])
            #expect(packed.headers("Content-Encoding") == "gzip")
            let head = try await app.get("/metrics", method: "HEAD")
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            #expect(try await app.get("/hello").text == "Hello.")
        }
    }
}
