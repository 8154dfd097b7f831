#if Server
    import Foundation
    import Logging
    import MetricsRuntime
    import MetricsServer
    import Testing

    /// Clients that do harm, by intent or not: what they get, and that others are served meanwhile.
    @Suite("Faults") struct FaultTests {
        private let handler = MetricsHandler(logger: .silent, exposesItself: false) { .gauge(series: 2) }
        private let request = "GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n"

        /// The value of one of the endpoint's own metrics.
        private func own(_ sample: String, _ server: RunningServer) async throws -> String? {
            let text = String(decoding: try await server.get("/metrics").body, as: UTF8.self)
            return text.split(separator: "\n").first { $0.hasPrefix(sample + " ") }.map {
                String($0.dropFirst(sample.count + 1))
            }
        }

        /// Waits until somebody is served: on a busy machine a client may itself be too slow for a limit of a test.
        private func isServed(_ server: RunningServer) async throws {
            while (try? await server.get("/metrics").status) != 200 { try await Task.sleep(for: .milliseconds(20)) }
        }

        @Test("Clients that send a request byte by byte, or none, are closed; others are served meanwhile")
        func slowSenders() async throws {
            try await RunningServer.with(handler, configure: { $0.limits.requestTime = .seconds(1) }) { server in
                let slow = try (0..<60).map { _ in try server.client() }
                for (index, client) in slow.enumerated() where index % 2 == 0 { try? await client.send("GET /metr") }
                try await isServed(server)
                // Closed or reset, as the system sees it; in no case answered.
                for client in slow { #expect(((try? await client.rest()) ?? []).isEmpty) }
                try await isServed(server)
            }
        }

        @Test("A body that is announced and does not come ends the connection")
        func missingBody() async throws {
            try await RunningServer.with(handler, configure: { $0.limits.requestTime = .seconds(1) }) { server in
                let client = try server.client()
                try? await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nab")
                #expect(((try? await client.rest()) ?? []).isEmpty)
            }
        }

        @Test("A connection that is kept and not used is closed")
        func idle() async throws {
            try await RunningServer.with(handler, configure: { $0.limits.idleTime = .milliseconds(200) }) { server in
                var client = try server.client()
                // One that comes too late for its first request is closed as well.
                while await (try? client.status(of: request)) != 200 { client = try server.client() }
                #expect(try await client.rest().isEmpty)
            }
        }

        @Test("A client that does not read is closed, and never sees an end of its body")
        func stalledReader() async throws {
            let large = MetricSnapshot.gauge(series: 300_000)
            let handler = MetricsHandler(logger: .silent) { large }
            // Long enough for a client that does read, on a machine that is busy with other tests.
            try await RunningServer.with(handler, configure: { $0.limits.writeTime = .seconds(8) }) { server in
                let stalled = try server.client(receiveBuffer: 4096)
                try await stalled.send(request)
                #expect(try await server.get("/-/healthy").status == 200)
                let name = #"metrics_scrape_failures_total{reason="sending"}"#
                while try await own(name, server) != "1" { try await Task.sleep(for: .milliseconds(20)) }
                // The connection is reset, or ends somewhere; either way not with a last chunk.
                let rest = (try? await stalled.rest()) ?? []
                #expect(!rest.suffix(5).elementsEqual(Array("0\r\n\r\n".utf8)))
                #expect(try await own("metrics_scrapes_in_flight", server) == "1")
            }
        }

        @Test("More clients than there may be are turned away, and others let in when some have gone")
        func connections() async throws {
            let handler = MetricsHandler(logger: .silent) { .gauge() }
            try await RunningServer.with(handler, configure: { $0.limits.connections = 3 }) { server in
                var kept: [HTTPClient] = []
                for _ in 0..<3 {
                    let client = try server.client()
                    try await client.send(request)
                    #expect(try await client.response().status == 200)
                    kept.append(client)
                }
                for _ in 0..<5 {
                    let refused = try server.client()
                    try? await refused.send(request)
                    let rest = (try? await refused.rest()) ?? []
                    #expect(rest.isEmpty)
                }
                let text = try await kept.removeLast().response(to: request)
                #expect(text.contains(#"metrics_scrapes_refused_total{reason="connections"} 5"#))
                // The place is free as soon as the server has seen that its client is gone.
                var isServed = false
                while !isServed {
                    let next = try server.client()
                    try? await next.send(request)
                    isServed = (try? await next.response().status) == 200
                }
            }
        }

        @Test("Clients that go away in the middle of a body leave nothing behind")
        func disconnects() async throws {
            let large = MetricSnapshot.gauge(series: 150_000)
            let handler = MetricsHandler(logger: .silent) { large }
            try await RunningServer.with(handler) { server in
                for _ in 0..<40 {
                    let client = try server.client(receiveBuffer: 4096)
                    try await client.send(request)
                    _ = try await client.head()
                }
                while try await own("metrics_scrapes_in_flight", server) != "1" {
                    try await Task.sleep(for: .milliseconds(20))
                }
                // Where the system's buffers took all of a body nobody knows that it was not read.
                let failures = try await own(#"metrics_scrape_failures_total{reason="sending"}"#, server)
                #expect((1...40).contains(Int(failures ?? "") ?? 0))
            }
        }

        @Test(
            "What could be two requests to somebody else is none",
            arguments: [
                "GET /metrics HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "GET /metrics HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
                "GET /metrics HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: t\r\nX: a\r\n b\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost : t\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: t\r\nX\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "GET /me\ttrics HTTP/1.1\r\n\r\n", "GET /metrics\r\n\r\n",
                "POST /metrics HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            ]
        )
        func smuggling(text: String) async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send(text)
                try await client.finishSending()
                let answer = String(decoding: (try? await client.rest()) ?? [], as: UTF8.self)
                #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.isEmpty, "\(answer.prefix(60))")
                #expect(try await server.get("/-/healthy").status == 200)
            }
        }

        @Test("What a client sends behind its last request gets no answer, whatever it is", arguments: [1, 30_000])
        func behindTheLast(series: Int) async throws {
            let handler = MetricsHandler(logger: .silent, exposesItself: false) { .gauge(series: series) }
            try await RunningServer.with(handler) { server in
                for rest in ["GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n", "nonsense\r\n\r\n", "\u{0}"] {
                    let client = try server.client()
                    try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n" + rest)
                    let response = try await client.response()
                    #expect(response.status == 200)
                    #expect(response.header("Connection") == "close")
                    #expect(try await client.rest().isEmpty)
                }
            }
        }

        @Test("Nonsense behind a request of a connection that is kept is answered with 400 behind its answer")
        func nonsenseBehind() async throws {
            try await RunningServer.with(handler) { server in
                let client = try server.client()
                try await client.send(request + "nonsense\r\n\r\n")
                #expect(try await client.response().status == 200)
                let refusal = try await client.response()
                #expect(refusal.status == 400)
                #expect(refusal.header("Connection") == "close")
                #expect(try await client.rest().isEmpty)
            }
        }

        @Test("Requests that are too long are refused")
        func long() async throws {
            try await RunningServer.with(handler) { server in
                let target = "/metrics?" + String(repeating: "a", count: 70_000)
                #expect(try await [414, 431].contains(server.get(target).status))
                let client = try server.client()
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\nContent-Length: 2000000\r\n\r\n")
                let body = String(repeating: "x", count: 1_100_000)
                try? await client.send(body)
                #expect(try await client.response().status == 413)
            }
        }

        @Test("Scrapes past the limit over many connections: 503, and health is answered all the while")
        func overlapping() async throws {
            let gate = Gate()
            var limits = MetricsEndpointLimits()
            limits.concurrentScrapes = 3
            // They wait for the others, however long those take.
            limits.collectingTime = .seconds(600)
            let handler = MetricsHandler(logger: .silent, limits: limits, exposesItself: false) {
                gate.wait()
                return .gauge()
            }
            try await RunningServer.with(handler) { server in
                let running = try (0..<3).map { _ in try server.client() }
                for client in running { try await client.send(request) }
                await gate.reached(by: 3)
                for _ in 0..<20 {
                    let refused = try await server.get("/metrics")
                    #expect(refused.status == 503)
                    #expect(refused.header("Retry-After") == "1")
                }
                #expect(try await server.get("/-/ready").status == 200)
                gate.open()
                for client in running { #expect(try await client.response().status == 200) }
            }
        }
    }

    extension HTTPClient {
        /// The body of the answer to one more request, as text.
        fileprivate func response(to request: String) async throws -> String {
            try await send(request)
            return String(decoding: try await response().body, as: UTF8.self)
        }

        /// Sends a request; the status of its answer.
        fileprivate func status(of request: String) async throws -> UInt {
            try await send(request)
            return UInt(try await response().status)
        }

        /// Reads a response's head and leaves the body where it is.
        fileprivate func head() async throws -> MetricsResponse {
            try await response(bodyless: true)
        }
    }
#endif
