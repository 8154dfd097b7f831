#if Server && os(Linux)
    import Foundation
    import Testing

    /// A wall clock that jumps: a virtual machine that was asleep, or a correction by the network.
    @Suite(.timeLimit(.minutes(3))) struct ClockJumpTests {
        private static let libfaketime = ["x86_64", "aarch64"].lazy
            .map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
            .first { FileManager.default.fileExists(atPath: $0) }

        /// A day on, two back, and home again, each in the middle of a scrape: that one goes on to its end, took as long as
        /// it took, and the process began when it began.
        @Test(.enabled(if: libfaketime != nil, "there is no libfaketime: see scripts/install-tools"))
        func scrapesDurationsAndBeginningsStayWhatTheyAre() async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            try Self.writeMoreThanBuffersTake(to: folder)
            let clock = try TemporaryFolder()
            try clock.write(Array("+0\n".utf8), as: "offset")
            let exporter = try ExporterProcess(
                ["serve", "--process-metrics"],
                environment: [
                    "PROMETHEUS_MULTIPROC_DIR": folder.path, "PROMETHEUS_METRICS_PORT": "0",
                    "PROMETHEUS_BIND_ADDRESS": "127.0.0.1", "LD_PRELOAD": try #require(Self.libfaketime),
                    "FAKETIME_TIMESTAMP_FILE": "\(clock.path)/offset", "FAKETIME_NO_CACHE": "1",
                    // As the kernel has it: what measures durations goes on, whatever becomes of the date.
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
                ],
                // The library changes the environment of the first program that it is loaded into, and Swift finds a
                // program's arguments behind the environment.
                launcher: ["/usr/bin/env"]
            )
            let port = try await exporter.port()
            // The first collection reads every key; on a busy machine it may take longer than a scrape waits for it.
            _ = try await eventually("the metrics are collected in time") {
                try await Self.scrape(port, names: ["app_requests_total"]).contains(expected) ? true : nil
            }
            var days: [Substring] = []
            var beginnings: Set<String> = []
            var durations: [Double] = []
            for offset in ["+0", "+1d", "-2d", "+0"] {
                let connection = try #require(LocalConnection(port: port, receiveBuffer: 65_536))
                connection.send("GET /metrics HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
                let head = try await eventually("the answer begins") { connection.receive(upTo: 100) }
                try clock.write(Array("\(offset)\n".utf8), as: "offset")
                let answer = String(decoding: head + (await connection.rest()), as: UTF8.self)
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.hasSuffix("\r\n0\r\n\r\n"))

                let next = try await Self.scrape(port, names: ["app_requests_total", "process_start_time_seconds"])
                #expect(next.contains(expected))
                days.append(try #require(next.firstMatch(of: #/Date: (\w+, \d+)/#)?.1))
                beginnings.insert(try Self.value("process_start_time_seconds", in: next))
                let sum = "metrics_scrape_duration_seconds_sum"
                let own = try await Self.scrape(port, names: ["metrics_scrape_duration_seconds"])
                durations.append(try #require(Double(Self.value(sum, in: own))))
            }
            // The clock did jump.
            #expect(Set(days).count == 3, "\(days)")
            #expect(beginnings.count == 1, "\(beginnings)")
            #expect(durations == durations.sorted(), "\(durations)")
            #expect((durations.last ?? .infinity) < 3600, "\(durations)")
        }

        /// So many bytes that a scrape waits for a client that does not read.
        private static func writeMoreThanBuffersTake(to folder: TemporaryFolder) throws {
            var file = PythonMetricFile()
            let text = String(repeating: "x", count: 4000)
            for index in 0..<4000 {
                file.add(family: "large", sample: "large", labels: [("l", "\(text)\(index)")], help: "h", value: 1)
            }
            try folder.write(file.bytes, as: "gauge_max_1.db")
        }

        /// Head and body of an answer with these families alone.
        private static func scrape(_ port: Int, names: [String]) async throws -> String {
            let query = names.map { "name[]=\($0)" }.joined(separator: "&")
            let url = "http://127.0.0.1:\(port)/metrics?\(query)"
            let curl = try #require(Command.path(of: "curl"))
            return try await Command.output(curl, ["-sig", "--noproxy", "*", "--max-time", "240", url])
        }

        private static func value(_ sample: String, in answer: String) throws -> String {
            let line = answer.split(separator: "\n").first { $0.hasPrefix(sample + " ") }
            return String(try #require(line, "\(sample)").dropFirst(sample.count + 1))
        }
    }
#endif
