import Logging
import MetricsRuntime
import MetricsServer
import Testing

/// What the endpoint answers, the same in memory and over a socket.
@Suite struct MetricsHandlerTests {
    /// How a request reaches the handler.
    enum Transport: CaseIterable {
        case memory
        #if Server
            case socket
        #endif

        func answer(
            _ handler: MetricsHandler,
            method: String = "GET",
            _ target: String,
            accept: String? = nil
        ) async throws -> MetricsResponse {
            switch self {
            case .memory:
                return await handler.respond(to: MetricsRequest(method: method, target: target, accept: accept))
            #if Server
                case .socket:
                    return try await RunningServer.with(handler) { server in
                        let client = try server.client()
                        let acceptField = accept.map { "Accept: \($0)\r\n" } ?? ""
                        try await client.send("\(method) \(target) HTTP/1.1\r\nHost: test\r\n\(acceptField)\r\n")
                        return try await client.response(bodyless: method == "HEAD")
                    }
            #endif
            }
        }
    }

    private let handler = MetricsHandler(exposesItself: false) { .gauge(series: 3) }
    private let exposition = ExpositionFormat.text.encode(.gauge(series: 3))

    @Test(arguments: Transport.allCases)
    func exposesTheSnapshot(transport: Transport) async throws {
        let response = try await transport.answer(handler, "/metrics")
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.header("Content-Length") == String(exposition.count))
        #expect(response.header("Content-Encoding") == nil)
        #expect(response.body == exposition)
    }

    @Test(arguments: Transport.allCases)
    func anEmptySnapshotIsAnEmptyBody(transport: Transport) async throws {
        let response = try await transport.answer(MetricsHandler(exposesItself: false) { MetricSnapshot() }, "/metrics")
        #expect(response.status == 200)
        #expect(response.header("Content-Length") == "0")
        #expect(response.body.isEmpty)
    }

    @Test(arguments: Transport.allCases, ["/metrics", "/", "/-/healthy", "/-/ready", "/nothing"])
    func headHasTheHeadersOfGetAndNoBody(transport: Transport, target: String) async throws {
        let get = try await transport.answer(handler, target)
        let head = try await transport.answer(handler, method: "HEAD", target)
        #expect(head.status == get.status)
        #expect(head.body.isEmpty)
        #expect(!get.body.isEmpty)
        for name in ["Content-Type", "Content-Length"] { #expect(head.header(name) == get.header(name)) }
    }

    @Test(arguments: Transport.allCases, ["/metrics", "/", "/-/healthy"])
    func otherMethodsAreRefused(transport: Transport, target: String) async throws {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            let response = try await transport.answer(handler, method: method, target)
            #expect(response.status == 405)
            #expect(response.header("Allow") == "GET, HEAD")
        }
    }

    @Test(arguments: Transport.allCases, ["/metrics/", "/Metrics", "/metricsx", "/-/", "//metrics", "/favicon.ico"])
    func otherPathsAreNotFound(transport: Transport, target: String) async throws {
        let response = try await transport.answer(handler, target)
        #expect(response.status == 404)
        #expect(String(decoding: response.body, as: UTF8.self).contains("/metrics"))
    }

    @Test(
        arguments: Transport.allCases,
        ["/metrics?", "/metrics?x=1", "http://host:9464/metrics", "HTTP://h/metrics?a"]
    )
    func queriesAndAbsoluteTargetsReachThePath(transport: Transport, target: String) async throws {
        #expect(try await transport.answer(handler, target).body == exposition)
    }

    @Test(arguments: Transport.allCases)
    func theLandingPageLinksToTheMetrics(transport: Transport) async throws {
        let handler = MetricsHandler(title: #"<a> & "b""#) { MetricSnapshot() }
        let response = try await transport.answer(handler, "/")
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "text/html; charset=utf-8")
        let page = String(decoding: response.body, as: UTF8.self)
        #expect(page.contains("<h1>&lt;a&gt; &amp; &quot;b&quot;</h1>"))
        #expect(page.contains(#"<a href="/metrics">"#))
    }

    @Test(arguments: Transport.allCases)
    func aFailedCollectionIsAnError(transport: Transport) async throws {
        struct Broken: Error, CustomStringConvertible { let description = "the disk is gone" }
        let handler = MetricsHandler(logger: .silent) { throw Broken() }
        let response = try await transport.answer(handler, "/metrics")
        #expect(response.status == 500)
        #expect(String(decoding: response.body, as: UTF8.self).contains("the disk is gone"))
        #expect(try await transport.answer(handler, "/-/healthy").status == 200)
    }

    @Test func aCancelledCollectionAsksToTryAgain() async throws {
        let response = await MetricsHandler { throw CancellationError() }
            .respond(to: MetricsRequest(target: "/metrics"))
        #expect(response.status == 503)
        #expect(response.header("Retry-After") == "1")
    }

    @Test func anotherServersRouteGetsTheExpositionUnderAnyPath() async {
        let response = await handler.exposition(for: MetricsRequest(target: "/internal/metrics"))
        #expect(response.body == exposition)
        let refused = await handler.exposition(for: MetricsRequest(method: "POST", target: "/internal/metrics"))
        #expect(refused.status == 405)
    }
}
