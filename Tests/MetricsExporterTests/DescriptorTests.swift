#if Server && os(Linux)
    import Foundation
    import Testing

    /// An exporter that runs out of file descriptors.
    @Suite(.timeLimit(.minutes(10))) struct DescriptorTests {
        /// Clients that are gone before their answer is: thousands in a long run.
        @Test func clientsThatGoAwayLeaveNoDescriptors() async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess([
                "serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0",
            ])
            let port = try await exporter.port()
            @Sendable func count() -> Int {
                ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(exporter.id)/fd")) ?? []).count
            }
            _ = try await Command.get("http://127.0.0.1:\(port)/metrics")
            let before = count()
            let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"
            for index in 0..<(isLong ? 10_000 : 300) {
                let connection = try #require(LocalConnection(port: port))
                if index % 3 > 0 { connection.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n") }
                if index % 3 > 1 { connection.send("GET /metr") }
            }
            _ = try await eventually("the descriptors are closed") { count() <= before + 5 ? true : nil }
            // Collections for clients that are gone may still be under way, and there are only so many at a time.
            _ = try await eventually("scrapes are answered again") {
                try await Command.get("http://127.0.0.1:\(port)/metrics").hasPrefix(expected) ? true : nil
            }
        }

        @Test func goesOnWhenThereAreDescriptorsAgain() async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess(
                ["serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0"],
                launcher: ["/bin/sh", "-c", #"ulimit -n 48; exec "$0" "$@""#]
            )
            let port = try await exporter.port()
            var connections: [LocalConnection] = []
            for _ in 0..<100 { connections.append(try #require(LocalConnection(port: port))) }
            _ = try await eventually("the exporter says that it cannot accept") {
                exporter.errors.contains("no further connection can be accepted") ? true : nil
            }
            // Told once, not with every attempt.
            #expect(exporter.errors.ranges(of: "no further connection can be accepted").count == 1)
            connections = []
            let body = try await eventually("scrapes are answered again") {
                let body = try await Command.get("http://127.0.0.1:\(port)/metrics")
                return body.isEmpty ? nil : body
            }
            #expect(body.hasPrefix(expected))
        }
    }
#endif
