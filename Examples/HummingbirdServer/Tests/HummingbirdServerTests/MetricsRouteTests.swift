import Hummingbird
import HummingbirdTesting
import MetricsRuntime
import Testing

@testable import HummingbirdServer

@Suite("Metrics in a Hummingbird app")
struct MetricsRouteTests {
    private func with(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let application = Application(router: App.makeRouter(registry: MetricsRegistry(storage: .memory)))
        try await application.test(.live) { client in try await body(client) }
    }

    @Test func servesTheMetricsInTheFormatThatIsAskedFor() async throws {
        try await with { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
                #expect(String(buffer: response.body).contains("\napp_uptime_seconds "))
            }
            try await client.execute(
                uri: "/metrics?name%5B%5D=app_uptime_seconds",
                method: .get,
                headers: [.accept: "application/openmetrics-text;version=1.0.0"]
            ) { response in
                #expect(response.headers[.contentType]?.hasPrefix("application/openmetrics-text") == true)
                let text = String(buffer: response.body)
                #expect(text.hasPrefix("# HELP app_uptime_seconds"))
                #expect(text.hasSuffix("# EOF\n"))
                #expect(!text.contains("process_"))
            }
        }
    }

    @Test func compressesWhereTheClientWantsIt() async throws {
        try await with { client in
            try await client.execute(uri: "/metrics", method: .get, headers: [.acceptEncoding: "gzip"]) { response in
                #expect(response.headers[.contentEncoding] == "gzip")
                #expect(Array(response.body.readableBytesView.prefix(2)) == [0x1f, 0x8b])
            }
            try await client.execute(uri: "/metrics", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.body.readableBytes == 0)
            }
            try await client.execute(uri: "/hello", method: .get) { response in
                #expect(String(buffer: response.body) == "Hello.")
            }
        }
    }
}
