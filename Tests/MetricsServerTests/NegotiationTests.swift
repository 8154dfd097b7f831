#if Server
    import Foundation
    import MetricsRuntime
    import MetricsServer
    import Testing

    /// Formats and codings over the wire.
    @Suite("Formats over HTTP")
    struct EndpointNegotiationTests {
        private static let openMetrics = "application/openmetrics-text;version=1.0.0"

        private func get(_ server: RunningServer, _ headers: String, method: String = "GET") async throws
            -> MetricsResponse
        {
            let client = try server.client()
            try await client.send("\(method) /metrics HTTP/1.1\r\nHost: t\r\n\(headers)Connection: close\r\n\r\n")
            return try await client.response(bodyless: method == "HEAD")
        }

        @Test("The format that is asked for", arguments: ExpositionFormat.allCases, [3, 5000])
        func formats(format: ExpositionFormat, series: Int) async throws {
            let snapshot = MetricSnapshot.gauge(series: series)
            try await RunningServer.with(MetricsHandler(exposesItself: false) { snapshot }) { server in
                let response = try await get(server, "Accept: \(format.contentType)\r\n")
                #expect(response.header("Content-Type") == format.contentType + "; escaping=underscores")
                #expect(response.header("Vary") == "Accept, Accept-Encoding")
                let isWhole = response.body == format.encode(snapshot)
                #expect(isWhole)
                // What fits into one piece has a length, what does not comes in chunks.
                #expect((response.header("Content-Length") == nil) == (response.body.count > 128 * 1024))
                let head = try await get(server, "Accept: \(format.contentType)\r\n", method: "HEAD")
                #expect(head.header("Content-Type") == response.header("Content-Type"))
                #expect(head.header("Content-Length") == String(response.body.count))
            }
        }

        @Test("Gzip, in one piece and in many", arguments: [1, 20_000])
        func gzip(series: Int) async throws {
            let snapshot = MetricSnapshot.gauge(series: series)
            try await RunningServer.with(MetricsHandler(exposesItself: false) { snapshot }) { server in
                let response = try await get(server, "Accept-Encoding: gzip\r\nAccept: \(Self.openMetrics)\r\n")
                #expect(response.header("Content-Encoding") == "gzip")
                let isWhole = try Gunzip.unpack(response.body) == ExpositionFormat.openMetrics.encode(snapshot)
                #expect(isWhole)
                let plain = try await get(server, "Accept-Encoding: identity\r\n")
                #expect(plain.header("Content-Encoding") == nil)
                let isPlain = plain.body == ExpositionFormat.text.encode(snapshot)
                #expect(isPlain)
            }
        }

        @Test(
            "Codings that clients ask for",
            arguments: [
                ("gzip;q=0", false), ("*", false), ("identity;q=0", false), ("gzip, gzip", true), ("zstd,gzip", true),
                ("", false),
            ]
        )
        func codings(header: String, isPacked: Bool) async throws {
            try await RunningServer.with(MetricsHandler(exposesItself: false) { .gauge(series: 2) }) { server in
                let response = try await get(server, "Accept-Encoding: \(header)\r\n")
                #expect((response.header("Content-Encoding") == "gzip") == isPacked)
                let body = isPacked ? try Gunzip.unpack(response.body) : response.body
                #expect(body == ExpositionFormat.text.encode(.gauge(series: 2)))
            }
        }

        @Test("HTTP/1.0 gets a body of a length, however long")
        func oldClients() async throws {
            let snapshot = MetricSnapshot.gauge(series: 10_000)
            try await RunningServer.with(MetricsHandler(exposesItself: false) { snapshot }) { server in
                let client = try server.client()
                try await client.send("GET /metrics HTTP/1.0\r\n\r\n")
                let response = try await client.response()
                #expect(response.header("Transfer-Encoding") == nil)
                let isWhole = response.body == ExpositionFormat.text.encode(snapshot)
                #expect(isWhole)
            }
        }

        @Test(
            "Headers that nobody means",
            arguments: [
                "Accept: \(String(repeating: "a/b;q=0.1,", count: 1500))\r\n", "Accept: q=abc\r\n",
                "Accept: ;;;,,,\r\n",
                "Accept: text/plain;escaping=evil\r\nAccept: */*;q=1e9\r\n", "Accept: text/plain;q=0\r\n",
                "Accept: \"a,b\"\r\n", "Accept: \r\n",
            ]
        )
        func hostile(headers: String) async throws {
            try await RunningServer.with(MetricsHandler(exposesItself: false) { .gauge() }) { server in
                let response = try await get(server, headers)
                #expect(response.status == 200)
                let types = response.headers.filter { $0.name.lowercased() == "content-type" }
                #expect(types.count == 1)
                #expect(types.first?.value.hasPrefix("text/plain; version=0.0.4; charset=utf-8") == true)
                #expect(types.first?.value.contains("evil") == false)
            }
        }
    }
#endif
