#if Server
    import MetricsRuntime
    import MetricsServer
    import Synchronization
    import Testing

    /// Bodies that cannot be made to their end: nobody may take what came of them for all of it.
    @Suite("Bodies that break off")
    struct BrokenBodyTests {
        private struct OutOfMemory: Error, CustomStringConvertible {
            let description = "no memory is left"
        }

        /// Packs nothing, and fails at one piece.
        private final class Breaking: BodyCompressor {
            private var pieces: Int

            init(at piece: Int) { pieces = piece }

            func compress(_ bytes: [UInt8], isLast: Bool, to result: inout [UInt8]) throws {
                pieces -= 1
                if pieces < 0 { throw OutOfMemory() }
                result += bytes
            }
        }

        private func handler(breakingAt piece: Int?) -> MetricsHandler {
            var handler = MetricsHandler(logger: .silent) { .gauge(series: 30_000) }
            handler.makeCompressor = {
                guard let piece else { throw OutOfMemory() }
                return Breaking(at: piece)
            }
            return handler
        }

        private static let accepts = [
            "text/plain", "application/openmetrics-text;version=1.0.0",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
        ]

        private static func request(_ accept: String, _ method: String = "GET", version: String = "1.1") -> String {
            "\(method) /metrics HTTP/\(version)\r\nHost: t\r\nAccept: \(accept)\r\nAccept-Encoding: gzip\r\n\r\n"
        }

        /// How often a scrape failed for that reason.
        private func failures(_ reason: String, _ server: RunningServer) async throws -> String? {
            let text = String(decoding: try await server.get("/metrics").body, as: UTF8.self)
            return text.firstMatch(of: try Regex(#"metrics_scrape_failures_total\{reason="\#(reason)"\} (\d+)"#))?
                .output[1].substring.map(String.init)
        }

        @Test("In the middle: the chunks have no end, and neither has the exposition", arguments: accepts)
        func middle(accept: String) async throws {
            try await RunningServer.with(handler(breakingAt: 2)) { server in
                let client = try server.client()
                try await client.send(Self.request(accept))
                let head = try await client.response(bodyless: true)
                #expect(head.status == 200)
                #expect(head.header("Transfer-Encoding") == "chunked")
                // Two pieces, the connection's end, and nothing that reads as the body's.
                let rest = try await client.rest()
                #expect(rest.count > 200_000)
                #expect(!rest.suffix(5).elementsEqual(Array("0\r\n\r\n".utf8)))
                #expect(!rest.suffix(20).contains(sequence: Array("# EOF".utf8)))
                #expect(try await failures("encoding", server) == "1")
                // It is not the client's fault.
                #expect(try await failures("sending", server) == "0")
                #expect(try await server.get("/metrics").status == 200)
            }
        }

        @Test("Before anything is sent: 500 and the reason", arguments: [nil, 0])
        func beginning(piece: Int?) async throws {
            try await RunningServer.with(handler(breakingAt: piece)) { server in
                let client = try server.client()
                try await client.send(Self.request("*/*"))
                let answer = try await client.response()
                #expect(answer.status == 500)
                #expect(String(decoding: answer.body, as: UTF8.self).contains("no memory is left"))
                #expect(answer.header("Content-Encoding") == nil)
                #expect(try await failures("encoding", server) == "1")
                // The connection is as good as before.
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                #expect(try await client.response().status == 200)
            }
        }

        @Test("Where the length is told in front: 500, not a part", arguments: ["1.0", "1.1"])
        func length(version: String) async throws {
            try await RunningServer.with(handler(breakingAt: 1)) { server in
                let client = try server.client()
                let isHead = version == "1.1"
                try await client.send(Self.request("*/*", isHead ? "HEAD" : "GET", version: version))
                #expect(try await client.response(bodyless: isHead).status == 500)
            }
        }

        @Test("In a server of the app's own: 500, not a part")
        func mounted() async {
            let answer = await handler(breakingAt: 1).respond(
                to: MetricsRequest(target: "/metrics", acceptEncoding: "gzip")
            )
            #expect(answer.status == 500)
            #expect(answer.body.count < 100)
        }

        /// Counts the pieces that are made.
        private final class Counting: BodyCompressor {
            private let made: Counter

            init(_ made: Counter) { self.made = made }

            func compress(_ bytes: [UInt8], isLast: Bool, to result: inout [UInt8]) throws {
                made.add(bytes.count)
                result += bytes
            }
        }

        private final class Counter: Sendable {
            private let count = Atomic(0)
            func add(_ bytes: Int) { count.add(bytes, ordering: .relaxed) }
            var value: Int { count.load(ordering: .relaxed) }
        }

        /// The system takes some megabytes on its way to the client; beyond that nothing is made that nobody takes.
        @Test("A body is made as fast as it is taken, not faster")
        func backPressure() async throws {
            let made = Counter()
            let large = MetricSnapshot.gauge(series: 800_000)
            var handler = MetricsHandler(logger: .silent, exposesItself: false) { large }
            handler.makeCompressor = { Counting(made) }
            let whole = ExpositionFormat.text.encode(large).count
            try await RunningServer.with(handler, configure: { $0.limits.writeTime = .seconds(2) }) {
                [handler] server in
                let stalled = try server.client(receiveBuffer: 4096)
                try await stalled.send(Self.request("*/*"))
                while made.value == 0 { try await Task.sleep(for: .milliseconds(10)) }
                // Given up by the server, which never had all of it in memory.
                while handler.scrapesInFlight > 0 { try await Task.sleep(for: .milliseconds(10)) }
                #expect(made.value < whole / 2, "\(made.value) of \(whole)")
            }
        }
    }

    extension Array<UInt8>.SubSequence {
        fileprivate func contains(sequence: [UInt8]) -> Bool {
            indices.contains { self[$0...].starts(with: sequence) }
        }
    }
#endif
