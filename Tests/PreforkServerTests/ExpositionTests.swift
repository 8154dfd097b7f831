import Testing

@testable import PreforkServer

@Suite("Scrapes read back")
struct ExpositionTests {
    private let text = """
        # HELP requests_total Total "requests"
        # TYPE requests_total counter
        requests_total{worker_id="worker_1"} 3
        requests_total{worker_id="worker_2"} 4.5
        # TYPE seconds histogram
        seconds_bucket{le="+Inf"} 2
        seconds_sum 1e-3
        seconds_count 2
        # TYPE memory gauge
        memory{path="a b}",quote="x\\"y\\\\z\\n"} +Inf
        plain NaN

        """

    @Test("names, labels and values")
    func parsing() throws {
        let exposition = try Exposition(parsing: text)
        #expect(exposition.samples.count == 7)
        #expect(exposition.sum("requests_total") == 7.5)
        #expect(exposition.sum("requests_total", where: ["worker_id": "worker_2"]) == 4.5)
        #expect(exposition.sum("requests_total", where: ["worker_id": "worker_9"]) == 0)
        #expect(exposition.sum("seconds_sum") == 0.001)
        #expect(exposition.contains("seconds_bucket", where: ["le": "+Inf"]))
        #expect(!exposition.contains("seconds"))
        let memory = try #require(exposition.samples.values.first { $0.name == "memory" })
        #expect(memory.labels == ["path": "a b}", "quote": "x\"y\\z\n"])
        #expect(memory.value == .infinity)
        #expect(!memory.isMonotonic)
        #expect(exposition.samples["plain"]?.value.isNaN == true)
    }

    @Test("a counter that fell or went is found, a gauge that fell is not")
    func regressions() throws {
        let before = try Exposition(parsing: text)
        #expect(before.regressions(since: before) == [])
        #expect(before.regressions(since: Exposition()) == [])
        let after = try Exposition(
            parsing: """
                # TYPE requests_total counter
                requests_total{worker_id="worker_1"} 2
                # TYPE seconds histogram
                seconds_bucket{le="+Inf"} 3
                seconds_sum 0.5
                seconds_count 1

                """
        )
        #expect(
            after.regressions(since: before) == [
                #"requests_total{worker_id="worker_1"} went from 3.0 to 2.0"#,
                #"requests_total{worker_id="worker_2"} was 4.5 and is gone"#, "seconds_count went from 2.0 to 1.0",
            ]
        )
    }

    @Test(
        "what is not the text format is refused with its line",
        arguments: ["x", "x{a=\"1\" 2", "x{a=1} 2", "x{a=\"1\"b=\"2\"} 2", "x{a=\"1\"} two", "{}"]
    )
    func malformed(_ line: String) {
        #expect(throws: Exposition.Malformed(line: 2, text: line)) { try Exposition(parsing: "# a comment\n\(line)\n") }
    }

    @Test("the final checks find what is missing, counted twice or apart")
    func finalChecks() throws {
        let restarts = """
            # TYPE gunicorn_master_worker_restart_total counter
            gunicorn_master_worker_restart_total{reason="kill"} 1
            gunicorn_master_worker_restart_count_total{worker_id="worker_1",reason="kill",restart_type="forced"} 1
            gunicorn_worker_restart_total{worker_id="worker_1",reason="kill"} 1
            gunicorn_worker_restart_count_total{worker_id="worker_1",reason="kill",restart_type="forced"} 1

            """
        let others = FinalChecks.recorded.filter { !$0.contains("restart") }.map { "\($0) 7" }.joined(separator: "\n")
        func findings(_ text: String) throws -> [String] {
            try FinalChecks(exposition: Exposition(parsing: text), killed: "worker_1").findings()
        }
        #expect(try findings(restarts + others) == [])
        #expect(try findings(restarts + others.replacing("gunicorn_worker_state 7", with: "")).count == 1)
        #expect(
            try findings(restarts.replacing("total{reason=\"kill\"} 1", with: "total{reason=\"kill\"} 2") + others)
                .count == 2
        )
        #expect(try findings(restarts + others.replacing("size_bytes_count 7", with: "size_bytes_count 5")).count == 2)
    }
}
