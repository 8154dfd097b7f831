import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The exporter beside a real gunicorn, which knows nothing of it.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled(if: GunicornServer.python != nil, GunicornServer.absence),
    .enabled(if: Command.path(of: "curl") != nil, "curl is not on the PATH")
)
struct GunicornTests {
    /// An exposition as families, each with its lines; numbers as numbers.
    private func families(_ text: String) -> [String: Set<String>] {
        var families: [String: Set<String>] = [:]
        var name = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# HELP ") { name = String(line.split(separator: " ")[2]) }
            let words = line.split(separator: " ")
            let isSample = !line.hasPrefix("#")
            let number = isSample ? Double(words.last ?? "").map { "\($0)" } ?? "?" : ""
            families[name, default: []].insert(
                isSample ? "\(words.dropLast().joined(separator: " ")) \(number)" : String(line)
            )
        }
        return families
    }

    private func dump(_ server: GunicornServer) async throws -> String {
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", server.directory])
        #expect(run.exitCode == 0)
        // Python's client makes its files empty before it sizes them; one of a worker that starts may be met like that.
        let warnings = run.errors.split(separator: "\n")
        #expect(warnings.allSatisfy { $0.contains("the file is shorter than") }, "\(run.errors)")
        return run.output
    }

    /// Compares both scrapes of a moment in which no worker wrote anything: Python's is the same before and after.
    private func expectEqualScrapes(_ server: GunicornServer) async throws {
        let ours = try await eventually("two equal scrapes of Python's around one of ours") {
            () async throws -> [String]? in
            let before = try await server.pythonScrape()
            let ours = try await dump(server)
            return try await server.pythonScrape() == before ? [before, ours] : nil
        }
        let (theirFamilies, ourFamilies) = (families(ours[0]), families(ours[1]))
        #expect(Set(theirFamilies.keys) == Set(ourFamilies.keys))
        for (name, lines) in theirFamilies { #expect(ourFamilies[name] == lines, "\(name)") }
        #expect(theirFamilies.keys.contains("app_requests_total"))
        #expect(theirFamilies.keys.contains { $0.hasPrefix("gunicorn_worker_") })
    }

    @Test func scrapesAreThoseOfPythonsCollectorWhileWorkersAreKilled() async throws {
        let server = try await GunicornServer(workers: 3)
        var requests = 0.0
        for round in 0..<3 {
            let pids = try await server.request("/round/\(round)", count: 20)
            requests += 20
            try await expectEqualScrapes(server)
            let victim = try #require(pids.min())
            let started = server.startedWorkers
            kill(victim, SIGKILL)
            // The master puts another worker in its place; meanwhile scrapes must not fail.
            _ = try await dump(server)
            _ = try await eventually("another worker is started") { server.startedWorkers > started ? true : nil }
            _ = try await server.request("/probe", count: 5)
            try await expectEqualScrapes(server)

            let reap = try await ExporterProcess.run(
                ["reap", "--multiproc-dir", server.directory, "--pid", "\(victim)"]
            )
            #expect(reap.exitCode == 0)
            #expect(reap.output.contains("removed gauge_liveall_\(victim).db"))
            let text = try await dump(server)
            #expect(!text.contains("app_liveall{pid=\"\(victim)\"}"))
            #expect(text.contains("app_all{pid=\"\(victim)\"}"))
            try await expectEqualScrapes(server)
        }
        let text = try await dump(server)
        let counted = text.split(separator: "\n").filter { $0.hasPrefix("app_requests_total{path=\"/round/") }
            .reduce(0) { $0 + (Double($1.split(separator: " ").last ?? "") ?? 0) }
        #expect(counted == requests, "what killed workers counted is there")
        try await server.stop()
        try await expectEqualScrapes(server)
    }
}
