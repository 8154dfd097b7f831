import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("process_* metrics", .blocking)
struct ProcessCollectorTests {
    private func values(_ collector: ProcessCollector) -> [String: Double] {
        var values: [String: Double] = [:]
        for family in collector.collect() { values[family.sample(at: 0)] = family.values[0] }
        return values
    }

    @Test("Another client's samples of /proc", .enabled(if: PeerData.isPresent, PeerData.absence))
    func fixtures() throws {
        let root = try #require(PeerData.root).appendingPathComponent("corpora/procfs-fixtures/client_python/proc").path
        let vim = values(ProcessCollector(root: root, pid: "26231", clockTicks: 100, pageSize: 4096))
        // What that client's own tests expect; its address space is unlimited, which is no number.
        #expect(
            vim == [
                "process_cpu_seconds_total": 17.21, "process_open_fds": 5, "process_max_fds": 2048,
                "process_virtual_memory_bytes": 56_274_944, "process_resident_memory_bytes": 8_114_176,
                "process_start_time_seconds": 1_418_184_099.75, "process_threads": 1,
            ]
        )
        let hostile = values(ProcessCollector(root: root, pid: "584", clockTicks: 100, pageSize: 4096))
        #expect(hostile["process_virtual_memory_bytes"] == 10_395_648)
        #expect(hostile["process_resident_memory_bytes"] == 634_880)
        #expect(hostile["process_start_time_seconds"] == 1_418_291_667.75)
        #expect(hostile["process_max_fds"] == nil)
        #expect(values(ProcessCollector(root: root, pid: "nobody")) == [:])
    }

    #if os(Linux)
        @Test(
            "This process, and what Python's client says of it",
            .enabled(if: PythonPeer.isPresent, PythonPeer.absence)
        )
        func live() throws {
            let script = """
                import sys
                from prometheus_client import ProcessCollector
                collector = ProcessCollector(pid=lambda: int(sys.argv[1]), registry=None)
                for family in collector.collect():
                    for sample in family.samples: print(sample.name, repr(sample.value))
                """
            let pid = ProcessInfo.processInfo.processIdentifier
            let ours = values(ProcessCollector())
            let lines = try PythonPeer.run(script, ["\(pid)"]).split(separator: "\n")
            let theirs = Dictionary(
                uniqueKeysWithValues: lines.map { line in
                    let parts = line.split(separator: " ")
                    return (String(parts[0]), Double(parts[1]) ?? .nan)
                }
            )
            for (name, value) in theirs where name != "process_open_fds" {
                let own = try #require(ours[name], "\(name)")
                // Memory and processor time go on between the two looks.
                #expect(own > value * 0.5 && own < value * 2 + 60, "\(name): \(own) here, \(value) there")
            }
            #expect(ours["process_start_time_seconds"] == theirs["process_start_time_seconds"])
            #expect(ours["process_max_fds"] == theirs["process_max_fds"])
            #expect((ours["process_open_fds"] ?? 0) > 3)
            #expect((ours["process_threads"] ?? 0) >= 1)
        }
    #endif
}
