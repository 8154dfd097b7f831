import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite(
    "fork(): kept children stay valid, the parent's numbers stay the parent's",
    .blocking,
    .disabled(if: ProbeRun.isUnderThreadSanitizer, "ThreadSanitizer cannot follow a fork of a process with threads")
)
struct ForkTests {
    @Test("Scenes around fork", arguments: ["kept-children", "grandchild", "threads", "scrapes", "prepared-parent"])
    func scene(name: String) throws {
        try TemporaryFolder.with { folder in
            let output = try ProbeRun.play(name, folder)
            #expect(output == "ok\n")
        }
    }

    @Test("A program that execs itself counts on in one file, and nothing twice")
    func exec() throws {
        try TemporaryFolder.with { folder in
            #expect(try ProbeRun.play("replacement", folder) == "ok\n")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".db") }
            #expect(Set(files) == ["counter_swift-0.db", "histogram_swift-0.db"])
            #expect(MultiprocessCollector(directory: folder).collect().value("probe_total{key=\"k\"}") == 20)
            try PythonPeer.expectReadable(folder)
        }
    }

    @Test("A tree of processes that fork, count, grow, scrape and die in any order counts exactly")
    func stress() throws {
        let first = Int(UInt32.random(in: 0 ... .max))
        print("ForkTests.stress: seeds from \(first)")
        for seed in first..<first + (ProcessInfo.processInfo.environment["LONG"] == "1" ? 500 : 4) {
            try TemporaryFolder.with { folder in
                let output = try PeerProcess.run(try ProbeRun.executable, ["fork-stress", folder, "\(seed)"])
                #expect(
                    output.standardOutput == "ok\n",
                    "seed \(seed): \(output.standardOutput)\(output.standardError)"
                )
                try PythonPeer.expectReadable(folder)
            }
        }
    }
}
