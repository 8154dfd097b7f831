#if Server && os(Linux)
    import Foundation
    import Testing

    /// Many scrapes of a large exposition at the same time, by clients that take their time.
    @Suite(.timeLimit(.minutes(5))) struct ParallelScrapeTests {
        private static let request = "GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"

        /// A hundred scrapes at once of a hundred thousand series.
        ///
        /// As many as may run are answered, each of them whole, however long its client takes; all others are refused at
        /// once. What a scrape that waits for its client holds is the values and one piece of its body, so that all of them
        /// together take less memory than two bodies have.
        @Test func memoryAndNumberAreBounded() async throws {
            let (series, scrapes, limit) = (100_000, 100, 8)
            let folder = try TemporaryFolder()
            let last = try Self.write(series, to: folder)
            let exporter = try ExporterProcess([
                "serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0",
            ])
            let port = try await exporter.port()
            let url = "http://127.0.0.1:\(port)/metrics"
            // Twice, so that the memory of a first and of a later collection is there already. On a busy machine the first
            // one may take longer than a scrape waits for it.
            for _ in 0..<2 {
                _ = try await eventually("the metrics are collected in time") {
                    try await Command.get(url).contains(last) ? true : nil
                }
            }
            let body = try await Command.get(url)
            let refusedBefore = try #require(Self.refusedScrapes(in: body))
            let before = try Self.peakMemory(of: exporter.id)

            var slow: [LocalConnection] = []
            for _ in 0..<limit { slow.append(try Self.scrape(port)) }
            let heads = try await Self.firstBytes(of: slow)
            for head in heads { #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(head)") }
            let sipping = Self.sip(slow)
            var refused: [LocalConnection] = []
            for _ in limit..<scrapes { refused.append(try Self.scrape(port)) }
            for answer in await Self.rests(of: refused) {
                let text = String(decoding: answer, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"), "\(text.prefix(60))")
                #expect(text.contains("\r\nRetry-After: 1\r\n"))
            }
            let grown = try Self.peakMemory(of: exporter.id) - before
            #expect(grown < 2 * body.utf8.count, "\(grown) bytes more; one body has \(body.utf8.count)")

            sipping.cancel()
            let answers = zip(await sipping.value, await Self.rests(of: slow)).map { $0 + $1 }
            let whole = answers.map { String(decoding: $0, as: UTF8.self) }.count {
                $0.contains(last) && $0.hasSuffix("\r\n0\r\n\r\n")
            }
            #expect(whole == limit)
            let text = try await eventually("the scrapes are over") {
                let text = try await Command.get(url)
                return text.contains("\nmetrics_scrapes_in_flight 1\n") ? text : nil
            }
            #expect(Self.refusedScrapes(in: text) == refusedBefore + scrapes - limit)
            #expect(Self.scrapesNotSent(in: text) == 0)
        }

        /// Takes a little of each answer every now and then until it is cancelled, so that the exporter does not give the
        /// client up, however long the rest of the test takes; what it took.
        private static func sip(_ connections: [LocalConnection]) -> Task<[[UInt8]], Never> {
            Task {
                var taken = [[UInt8]](repeating: [], count: connections.count)
                while !Task.isCancelled {
                    for (index, connection) in connections.enumerated() {
                        taken[index] += connection.receive(upTo: 1 << 15) ?? []
                    }
                    try? await Task.sleep(for: .milliseconds(500))
                }
                return taken
            }
        }

        /// What comes on each of them until its end; on a few at a time, since each takes a thread.
        private static func rests(of connections: [LocalConnection]) async -> [[UInt8]] {
            var rests = [[UInt8]](repeating: [], count: connections.count)
            for start in stride(from: 0, to: connections.count, by: 8) {
                await withTaskGroup(of: (Int, [UInt8]).self) { group in
                    for index in start..<min(start + 8, connections.count) {
                        group.addTask { (index, await connections[index].rest()) }
                    }
                    for await (index, rest) in group { rests[index] = rest }
                }
            }
            return rests
        }

        private static func refusedScrapes(in text: String) -> Int? {
            text.firstMatch(of: #/\nmetrics_scrapes_refused_total{reason="in_flight"} (\d+)\n/#).flatMap { Int($0.1) }
        }

        private static func scrapesNotSent(in text: String) -> Int? {
            text.firstMatch(of: #/\nmetrics_scrape_failures_total{reason="sending"} (\d+)\n/#).flatMap { Int($0.1) }
        }

        /// Writes a file with that many series; the exposition's line of the last one.
        private static func write(_ series: Int, to folder: TemporaryFolder) throws -> String {
            // Long enough that no body finds room in the system's buffers.
            let path = String(repeating: "p", count: 100)
            var file = PythonMetricFile()
            for index in 0..<series {
                file.add(
                    family: "app_requests",
                    sample: "app_requests_total",
                    labels: [("path", "/\(path)/\(index)")],
                    help: "Requests",
                    value: Double(index)
                )
            }
            try folder.write(file.bytes, as: "counter_1.db")
            return "\napp_requests_total{path=\"/\(path)/\(series - 1)\"} \(series - 1)\n"
        }

        private static func scrape(_ port: Int) throws -> LocalConnection {
            let connection = try #require(LocalConnection(port: port, receiveBuffer: 65_536))
            connection.send(request)
            return connection
        }

        /// The beginning of each answer: by then each of the scrapes runs.
        private static func firstBytes(of connections: [LocalConnection]) async throws -> [String] {
            var heads: [String] = []
            for connection in connections {
                heads.append(
                    try await eventually("an answer begins") {
                        connection.receive(upTo: 17).map { String(decoding: $0, as: UTF8.self) }
                    }
                )
            }
            return heads
        }

        /// The most memory that a process had so far, in bytes.
        private static func peakMemory(of process: Int32) throws -> Int {
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
        }
    }
#endif
