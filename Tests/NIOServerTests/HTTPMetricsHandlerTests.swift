#if Server
    import Logging
    import MetricsRuntime
    import NIOCore
    import NIOEmbedded
    import NIOHTTP1
    import ServiceLifecycle
    import Testing

    @testable import NIOServer

    @Suite("Metrics of a plain SwiftNIO server")
    struct HTTPMetricsHandlerTests {
        /// The samples of a registry, by their texts.
        private func samples(_ registry: MetricsRegistry) -> [String: Double] {
            var samples: [String: Double] = [:]
            for family in registry.collect().families {
                for index in family.values.indices { samples[family.sample(at: index)] = family.values[index] }
            }
            return samples
        }

        /// The app's pipeline on a channel without a network.
        private func channel() throws -> EmbeddedChannel {
            let channel = EmbeddedChannel()
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTPMetricsHandler { Route(target: $0.uri).template })
            try pipeline.addHandler(AppHandler())
            return channel
        }

        private func head(_ method: String, _ target: String) -> HTTPServerRequestPart {
            .head(HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: target))
        }

        @Test("Requests are known by method, template and class of status; bodies by their sizes")
        func labels() throws {
            try MetricsRegistry.withIsolated { registry in
                let channel = try channel()
                for (method, target, body) in [
                    ("GET", "/hello/a", ""), ("GET", "/hello/b?x=1", ""), ("POST", "/echo", "12345"),
                    ("GET", "/nothing/here", ""), ("BREW", "/\(UInt64.random(in: 0 ... .max))", ""),
                    ("CONNECT\u{1F600}", "/hello/c", ""),
                ] {
                    try channel.writeInbound(head(method, target))
                    if !body.isEmpty {
                        try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: body)))
                    }
                    try channel.writeInbound(HTTPServerRequestPart.end(nil))
                }
                let samples = samples(registry)
                let counts = samples.filter { $0.key.hasPrefix("http_server_requests_total{") }
                #expect(
                    counts == [
                        #"http_server_requests_total{method="GET",route="/hello/{name}",status_class="2xx"}"#: 2,
                        #"http_server_requests_total{method="POST",route="/echo",status_class="2xx"}"#: 1,
                        #"http_server_requests_total{method="GET",route="unmatched",status_class="4xx"}"#: 1,
                        #"http_server_requests_total{method="OTHER",route="unmatched",status_class="4xx"}"#: 1,
                        #"http_server_requests_total{method="OTHER",route="/hello/{name}",status_class="2xx"}"#: 1,
                    ]
                )
                #expect(samples[#"http_server_request_size_bytes_sum{method="POST",route="/echo"}"#] == 5)
                #expect(samples[#"http_server_response_size_bytes_sum{method="POST",route="/echo"}"#] == 5)
                #expect(samples[#"http_server_response_size_bytes_sum{method="GET",route="/hello/{name}"}"#] == 20)
                let duration = "http_server_request_duration_seconds_count"
                #expect(samples[duration + #"{method="POST",route="/echo",status_class="2xx"}"#] == 1)
                #expect(
                    samples.filter { $0.key.hasPrefix("http_server_requests_in_flight") }.allSatisfy { $0.value == 0 }
                )
                _ = try channel.finish()
            }
        }

        @Test("A request is in flight until its answer is written")
        func inFlight() throws {
            try MetricsRegistry.withIsolated { registry in
                let channel = try channel()
                try channel.writeInbound(head("POST", "/echo"))
                let inFlight = #"http_server_requests_in_flight{method="POST"}"#
                #expect(samples(registry)[inFlight] == 1)
                try channel.writeInbound(HTTPServerRequestPart.end(nil))
                #expect(samples(registry)[inFlight] == 0)
                _ = try channel.finish()
            }
        }

        @Test("A client that goes away before its answer is counted, and in flight no longer")
        func goneClients() throws {
            try MetricsRegistry.withIsolated { registry in
                let channel = try channel()
                try channel.writeInbound(head("PUT", "/echo"))
                try channel.writeInbound(HTTPServerRequestPart.body(ByteBuffer(string: "123")))
                _ = try channel.finish(acceptAlreadyClosed: true)
                let samples = samples(registry)
                #expect(samples[#"http_server_requests_in_flight{method="PUT"}"#] == 0)
                #expect(
                    samples[#"http_server_requests_total{method="PUT",route="/echo",status_class="none"}"#] == 1
                )
                #expect(samples[#"http_server_request_size_bytes_sum{method="PUT",route="/echo"}"#] == 3)
            }
        }

        @Test("The server runs in a group, answers, and ends with it")
        func service() async throws {
            // SwiftNIO's threads belong to no task, so they count in the registry of the process.
            MetricsRegistry.bootstrap(storage: .memory)
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            let server = AppServer(port: 0) { continuation.yield($0) }
            let group = ServiceGroup(
                services: [server],
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
            )
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let port = try #require(await ports.first { _ in true })
                let answer = try await HTTPProbe.get(port: port, "/hello/you")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.hasSuffix("\r\n\r\nHello, you.\n"))
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            let counted = HTTPServerRequests.value(method: .get, route: "/hello/{name}", statusClass: .success)
            #expect(counted ?? 0 >= 1)
        }
    }
#endif
