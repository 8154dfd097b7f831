#if Server
    import Logging
    import MetricsRuntime
    import MetricsServer
    import Testing

    /// The end of a server: what is finished, what is closed, and that it comes.
    @Suite struct MetricsServerShutdownTests {
        @Test func aRunningScrapeIsFinishedAndIdleConnectionsAreClosed() async throws {
            let gate = Gate()
            let handler = MetricsHandler(exposesItself: false) {
                gate.wait()
                return .gauge(series: 2)
            }
            try await RunningServer.with(handler) {
                // As long as it takes, on a busy machine.
                $0.shutdownGracePeriod = .seconds(600)
            } _: { server in
                let idle = try server.client()
                try await idle.send("GET /-/ready HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await idle.response().status == 200)
                let running = try server.client()
                try await running.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                await gate.reached(by: 1)

                await server.shutDownGracefully()
                #expect(try await idle.rest().isEmpty)
                gate.open()
                let response = try await running.response()
                #expect(response.body == ExpositionFormat.text.encode(.gauge(series: 2)))
                #expect(response.header("Connection") == "close")
                #expect(try await running.rest().isEmpty)
            }
        }

        /// A scrape that never ends is given up after the grace period; that this test ends is what it shows.
        @Test(.timeLimit(.minutes(10)))
        func aScrapeThatHangsDoesNotKeepTheServer() async throws {
            let gate = Gate()
            let handler = MetricsHandler(exposesItself: false) {
                gate.wait()
                return MetricSnapshot()
            }
            let client = try await RunningServer.with(handler) {
                $0.shutdownGracePeriod = .milliseconds(50)
            } _: { server in
                let client = try server.client()
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                await gate.reached(by: 1)
                return client
            }
            #expect(try await client.rest().isEmpty)
            gate.open()
        }

        /// A request that never becomes whole does not keep the server either.
        @Test(.timeLimit(.minutes(10)))
        func halfARequestDoesNotKeepTheServer() async throws {
            let client = try await RunningServer.with(MetricsHandler(exposesItself: false) { MetricSnapshot() }) {
                $0.shutdownGracePeriod = .milliseconds(50)
            } _: { server in
                let client = try server.client()
                try await client.send("GET /-/ready HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await client.response().status == 200)
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\n")
                return client
            }
            // Ended or reset: that depends on whether the server had read all that came.
            if let rest = try? await client.rest() { #expect(rest.isEmpty) }
        }

        @Test(.timeLimit(.minutes(10)))
        func cancellingTheTaskEndsTheServer() async throws {
            let (addresses, continuation) = AsyncStream.makeStream(of: MetricsServerAddress.self)
            let server = MetricsHTTPServer(
                configuration: MetricsServerConfiguration(host: "127.0.0.1", port: 0),
                handler: MetricsHandler(exposesItself: false) { MetricSnapshot() },
                logger: .silent
            ) {
                continuation.yield($0)
            }
            let task = Task { try await server.run() }
            let address = try #require(await addresses.first { _ in true })
            let client = try HTTPClient(address)
            try await client.send("GET /-/ready HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(try await client.response().status == 200)
            task.cancel()
            try await task.value
            #expect(try await client.rest().isEmpty)
        }
    }
#endif
