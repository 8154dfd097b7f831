import Testing

@testable import PreforkServer

@Suite("What the master reports")
struct ServerReportTests {
    @Test(
        "lines are read back as they were written",
        arguments: [
            ServerReport.application(url: "http://127.0.0.1:8080"), .metrics(url: "http://[::1]:9090/metrics"),
            .ready(worker: "worker_1", pid: 4711),
            .ended(worker: "worker_2", pid: 4712, status: .signalled(9)),
            .ended(worker: "worker_2", pid: 4712, status: .exited(0)), .settled(workers: 4), .stopping,
        ]
    )
    func roundTrip(_ report: ServerReport) {
        #expect(ServerReport(line: report.line) == report)
    }

    @Test(
        "other lines are none",
        arguments: ["", "hello", "ready worker_1", "ended worker_1 pid 7 somehow", "ready a b c"]
    )
    func others(_ line: String) {
        #expect(ServerReport(line: line) == nil)
    }

    @Test("addresses in URLs")
    func addresses() {
        #expect(ServerAddress(url: "http://127.0.0.1:80/metrics") == ServerAddress(host: "127.0.0.1", port: 80))
        #expect(ServerAddress(url: "http://[::1]:81") == ServerAddress(host: "::1", port: 81))
        #expect(ServerAddress(url: "http://[::1]:81")?.description == "http://[::1]:81")
        #expect(ServerAddress(url: "https://127.0.0.1:80") == nil)
        #expect(ServerAddress(url: "http://127.0.0.1") == nil)
        #expect(ServerAddress(url: "http://:80") == nil)
    }
}
