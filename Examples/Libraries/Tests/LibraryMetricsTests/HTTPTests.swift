import AsyncHTTPClient
import LibraryMetrics
import MetricsRuntime
import Testing

@Suite("What a server on SwiftNIO and async-http-client record", .timeLimit(.minutes(2)))
struct HTTPTests {
    @Test("A request over a socket is in the scrape from both ends")
    func request() async throws {
        try await Scrape.with { scrape in
            try await LoopbackServer.with { port in
                let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/users/7")
                let answer = try await HTTPClient.shared.execute(request, peer: "users", timeout: .seconds(30))
                #expect(answer.status == .ok)
                for try await _ in answer.body {}
            }
            let labels = #"{http_request_method="GET",http_response_status_code="200",peer="users"}"#
            #expect(try await scrape.value("http_client_request_duration_seconds_count\(labels)") == 1)
            #expect(try await scrape.value("nio_event_loop_tasks_total") > 0)
            #expect(try await scrape.value("nio_event_loop_sleep_seconds_total") > 0)
            #expect(try await scrape.value("nio_event_loop_tick_seconds_count") > 0)

            let text = scrape.text
            #expect(text.contains("# TYPE http_client_request_duration_seconds histogram\n"))
            // What the definition says of the label.
            #expect(text.contains("# HELP nio_event_loop_tick_seconds Time that an event loop was busy at a stretch; "))
            #expect(text.contains("# TYPE nio_event_loop_tick_seconds histogram\n"))
            #expect(text.contains(#"nio_event_loop_tick_seconds_bucket{le="0.0001"}"#))
            #expect(!text.contains(#"nio_event_loop_tick_seconds_bucket{le="0.005"}"#))
            let strict = String(decoding: ExpositionFormat.openMetrics.encode(scrape.registry.collect()), as: UTF8.self)
            #expect(strict.contains("# UNIT nio_event_loop_tick_seconds seconds\n"))
        }
    }

    @Test("A request that fails is recorded by the kind of error")
    func failure() async throws {
        try await Scrape.with { scrape in
            let request = HTTPClientRequest(url: "nonsense://127.0.0.1/")
            await #expect(throws: HTTPClientError.unsupportedScheme("nonsense")) {
                _ = try await HTTPClient.shared.execute(request, peer: "users", timeout: .seconds(30))
            }
            let labels = #"{error_type="Unsupported scheme",http_request_method="GET",peer="users"}"#
            let count = try await scrape.value("http_client_request_duration_seconds_count\(labels)")
            #expect(count == 1)
        }
    }
}
