import Hummingbird
import Logging
import Metrics
import MetricsRuntime
import MetricsServer
import NIOEmbedded
import SwiftMetricsBackend
import Testing

@testable import HummingbirdServer

@Suite("Metrics of requests")
struct HTTPMetricsMiddlewareTests {
    /// The samples whose names begin like that, by their texts.
    private func samples(_ registry: MetricsRegistry, _ prefix: String) -> [String: Double] {
        var samples: [String: Double] = [:]
        for family in registry.collect().families {
            for index in family.values.indices where family.sample(at: index).hasPrefix(prefix) {
                samples[family.sample(at: index)] = family.values[index]
            }
        }
        return samples
    }

    /// An answer reaches its client a moment before the server is done with it.
    private func wait(for count: Double, in registry: MetricsRegistry) async throws {
        let limit = ContinuousClock.now + .seconds(60)
        while samples(registry, "http_server_requests_total").values.reduce(0, +) < count {
            try #require(ContinuousClock.now < limit)
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("They are known by method, template and class of status; bodies by their sizes")
    func labels() async throws {
        try await RunningApp.with { app in
            let registry = app.registry
            #expect(try await app.get("/users/7").text == "User 7.")
            #expect(try await app.get("/users/700").status == 404)
            #expect(try await app.get("/users/x").status == 400)
            #expect(try await app.get("/echo", method: "POST", body: "12345").text == "12345")
            #expect(try await app.get("/no/such/\(UInt64.random(in: 0 ... .max))").status == 404)
            #expect(try await app.get("/users/9", method: "PROPFIND").status == 404)
            try await wait(for: 6, in: registry)
            let name = "http_server_requests_total"
            #expect(
                samples(registry, name + "{") == [
                    name + #"{method="GET",route="/users/{id}",status_class="2xx"}"#: 1,
                    name + #"{method="GET",route="/users/{id}",status_class="4xx"}"#: 2,
                    name + #"{method="POST",route="/echo",status_class="2xx"}"#: 1,
                    name + #"{method="GET",route="unmatched",status_class="4xx"}"#: 1,
                    name + #"{method="OTHER",route="unmatched",status_class="4xx"}"#: 1,
                ]
            )
            let echo = #"{method="POST",route="/echo"}"#
            #expect(samples(registry, "http_server_request_size_bytes_sum" + echo).values.first == 5)
            #expect(samples(registry, "http_server_response_size_bytes_sum" + echo).values.first == 5)
            let duration = samples(registry, "http_server_request_duration_seconds_count")
            #expect(duration.values.reduce(0, +) == 6)
            #expect(samples(registry, "http_server_requests_in_flight").values.allSatisfy { $0 == 0 })
            // The scrape is a request too, in flight while it is answered.
            let text = try await app.get("/metrics").text
            #expect(text.contains("\nhttp_server_requests_in_flight{method=\"GET\"} 1\n"))
        }
    }

    @Test("A request whose handler fails, and one whose client is gone, are in flight no longer")
    func ends() async throws {
        struct Failure: Error {}
        try await MetricsRegistry.withIsolated { registry in
            let context = BasicRequestContext(
                source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "t"))
            )
            let request = Request(
                head: .init(method: .get, scheme: nil, authority: nil, path: "/"),
                body: .init(buffer: .init())
            )
            let middleware = HTTPMetricsMiddleware<BasicRequestContext>()
            await #expect(throws: Failure.self) {
                _ = try await middleware.handle(request, context: context) { _, _ in throw Failure() }
            }
            // The answer is made and never written.
            _ = try await middleware.handle(request, context: context) { _, _ in Response(status: .ok) }
            #expect(samples(registry, "http_server_requests_in_flight").values.allSatisfy { $0 == 0 })
            let name = "http_server_requests_total"
            #expect(
                samples(registry, name) == [
                    name + #"{method="GET",route="unmatched",status_class="5xx"}"#: 1,
                    name + #"{method="GET",route="unmatched",status_class="2xx"}"#: 1,
                ]
            )
        }
    }

    /// A real emitter of swift-metrics, over a socket.
    @Test("What Hummingbird's own middleware records is in the same scrape")
    func swiftMetrics() async throws {
        try await RunningApp.with { registry in
            let router = Router()
            router.add(middleware: MetricsMiddleware())
            router.get("/own/{id}") { _, _ in "Mine." }
            return router.metrics("/metrics", MetricsHandler { registry.collect() })
        } _: { app in
            for id in 1...3 { _ = try await app.get("/own/\(id)") }
            let labels = #"{http_request_method="GET",http_response_status_code="200",http_route="/own/{id}"}"#
            var text = ""
            let limit = ContinuousClock.now + .seconds(60)
            while !text.contains("hb_requests_total\(labels) 3\n") {
                try #require(ContinuousClock.now < limit, "\(text)")
                text = try await app.get("/metrics").text
            }
            #expect(text.contains("\n# TYPE http_server_request_duration_seconds histogram\n"))
            #expect(text.contains("http_server_request_duration_seconds_count\(labels) 3\n"))
            #expect(text.contains("\n# TYPE http_server_active_requests gauge\n"))
        }
    }

    /// Once for the process, as apps do; each test's registry gets what is recorded in it.
    init() {
        Self.bootstrapped
    }

    private static let bootstrapped: Void = MetricsSystem.bootstrap(RegistryMetricsFactory())
}
