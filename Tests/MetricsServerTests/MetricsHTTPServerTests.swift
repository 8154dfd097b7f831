#if Server
    import Foundation
    import Logging
    import MetricsRuntime
    import MetricsServer
    import Testing

    /// A request that no server should take, with a name for the log.
    struct BadRequest: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var status = 400

        static let all = [
            BadRequest(testDescription: "words", text: "nonsense\r\n\r\n"),
            BadRequest(testDescription: "no version", text: "GET /metrics\r\n\r\n"),
            BadRequest(testDescription: "unknown version", text: "GET /metrics HTTP/9.9\r\n\r\n"),
            BadRequest(testDescription: "header without colon", text: "GET /metrics HTTP/1.1\r\nHost t\r\n\r\n"),
            BadRequest(
                testDescription: "length of letters",
                text: "GET /metrics HTTP/1.1\r\nContent-Length: x\r\n\r\n"
            ),
            BadRequest(testDescription: "control characters", text: "\u{0}\u{1}\u{2}\r\n\r\n"),
            BadRequest(
                testDescription: "two lengths",
                text: "GET /metrics HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
            BadRequest(
                testDescription: "long target",
                text: "GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\n\r\n",
                status: 431
            ),
            BadRequest(
                testDescription: "long header",
                text: "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n",
                status: 431
            ),
            BadRequest(
                testDescription: "many headers",
                text: "GET / HTTP/1.1\r\n\(String(repeating: "a: b\r\n", count: 10_000))\r\n",
                status: 431
            ),
        ]
    }

    /// Connections: which are kept, which are closed, and what may be sent over them.
    @Suite struct MetricsHTTPServerTests {
        private let handler = MetricsHandler(exposesItself: false) { .gauge(series: 2) }
        private let exposition = ExpositionFormat.text.encode(.gauge(series: 2))

        @Test func aConnectionServesManyRequests() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                for _ in 0..<3 {
                    try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                    let response = try await client.response()
                    #expect(response.body == exposition)
                    #expect(response.header("Connection") == nil)
                    #expect(response.header("Date")?.hasSuffix(" GMT") == true)
                }
                try await client.send(
                    "HEAD /metrics HTTP/1.1\r\nHost: t\r\n\r\nGET /-/ready HTTP/1.1\r\nHost: t\r\n\r\n"
                )
                #expect(try await client.response(bodyless: true).status == 200)
                #expect(try await client.response().body == Array("Ready.\n".utf8))
            }
        }

        @Test func requestsSentAheadAreAnsweredInOrder() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                let targets = ["/-/ready", "/metrics", "/-/healthy", "/nothing", "/metrics"]
                try await client.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
                let statuses = [200, 200, 200, 404, 200]
                for (target, status) in zip(targets, statuses) {
                    let response = try await client.response()
                    #expect(response.status == status)
                    if target == "/metrics" { #expect(response.body == exposition) }
                }
            }
        }

        @Test(
            arguments: [
                "GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n", "GET /metrics HTTP/1.0\r\n\r\n",
                // The parser takes nothing in after an offer of another protocol.
                "GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
                // What follows the last request is not answered any more.
                "GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: t\r\n\r\n",
            ]
        )
        func aConnectionIsClosedWhereTheClientWantsIt(request: String) async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send(request)
                let response = try await client.response()
                #expect(response.body == exposition)
                #expect(response.header("Connection") == "close")
                #expect(try await client.rest().isEmpty)
            }
        }

        @Test func http10MayKeepTheConnection() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                for _ in 0..<2 {
                    try await client.send("GET /metrics HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let response = try await client.response()
                    #expect(response.header("Connection") == "keep-alive")
                    #expect(response.body == exposition)
                }
            }
        }

        @Test func aClientThatEndsItsSideGetsItsAnswer() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                try await client.finishSending()
                #expect(try await client.response().body == exposition)
                #expect(try await client.rest().isEmpty)
            }
        }

        @Test func aRequestsBodyIsIgnored() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                let body = String(repeating: "x", count: 100_000)
                try await client.send(
                    "GET /metrics HTTP/1.1\r\nHost: t\r\nContent-Length: \(body.count)\r\n\r\n\(body)"
                )
                #expect(try await client.response().body == exposition)
                try await client.send("POST /metrics HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n")
                try await client.send("5\r\nhello\r\n0\r\n\r\n")
                #expect(try await client.response().status == 405)
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await client.response().body == exposition)
            }
        }

        @Test func aClientThatAsksBeforeItSendsItsBodyIsToldToGoOn() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send(
                    "GET /metrics HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
                )
                let goOn = try await client.response(bodyless: true)
                #expect(goOn.status == 100)
                try await client.send("abc")
                #expect(try await client.response().body == exposition)
            }
        }

        /// What is no HTTP is answered with 400 or 431 and ends its connection; the server goes on.
        @Test(arguments: BadRequest.all)
        func badRequestsEndTheirConnection(request: BadRequest) async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send(request.text)
                let response = try await client.response()
                #expect(response.status == request.status)
                #expect(response.header("Connection") == "close")
                #expect(try await client.rest().isEmpty)
                #expect(try await server.get("/metrics").body == exposition)
            }
        }

        @Test func aClientThatGoesAwayHarmsNobody() async throws {
            let gate = Gate()
            let handler = MetricsHandler(exposesItself: false) {
                gate.wait()
                return .gauge(series: 2)
            }
            try await RunningServer.with(handler) { server in
                do {
                    let client = try server.client()
                    try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                    await gate.reached(by: 1)
                }
                gate.open()
                for _ in 0..<20 {
                    _ = try server.client()
                    let client = try server.client()
                    try await client.send("GET /metrics HTTP/1.1\r\nHo")
                }
                #expect(try await server.get("/metrics").body == exposition)
            }
        }

        @Test func aSlowReaderOfALargeBodyGetsAllOfIt() async throws {
            let large = MetricSnapshot.gauge(series: 150_000)
            let expected = ExpositionFormat.text.encode(large)
            try await RunningServer.with(MetricsHandler(exposesItself: false) { large }) { server in
                // A small window, and nothing read until another client is done: the body cannot leave in one go.
                let slow = try server.client(receiveBuffer: 4096)
                try await slow.send("GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
                #expect(try await server.get("/-/healthy").status == 200)
                let response = try await slow.response()
                // Not in the macro, which would look for the differences of megabytes.
                let isWhole = response.body == expected
                #expect(isWhole)
                #expect(try await slow.rest().isEmpty)
            }
        }

        /// All scrapes hang, and nothing else does: no event loop and no answer that needs no metrics.
        @Test func aCollectionThatHangsBlocksNoEventLoop() async throws {
            let gate = Gate()
            var limits = MetricsEndpointLimits()
            // They wait for the others, however long those take.
            limits.collectingTime = .seconds(600)
            let handler = MetricsHandler(limits: limits, exposesItself: false) {
                gate.wait()
                return .gauge(series: 2)
            }
            try await RunningServer.with(handler) { server in
                let scrapes = try (0..<4).map { _ in try server.client() }
                for client in scrapes { try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n") }
                await gate.reached(by: 2)
                for _ in 0..<8 { #expect(try await server.get("/-/healthy").status == 200) }
                gate.open()
                for client in scrapes { #expect(try await client.response().body == exposition) }
            }
        }

        @Test func manyScrapesAtOnceAreAllAnswered() async throws {
            var limits = MetricsEndpointLimits()
            limits.concurrentScrapes = 40
            let handler = MetricsHandler(limits: limits, exposesItself: false) { .gauge(series: 2) }
            try await RunningServer.with(handler) { server in
                try await withThrowingTaskGroup(of: [UInt8].self) { tasks in
                    for _ in 0..<40 { tasks.addTask { try await server.get("/metrics").body } }
                    for try await body in tasks { #expect(body == exposition) }
                }
            }
        }
    }
#endif
