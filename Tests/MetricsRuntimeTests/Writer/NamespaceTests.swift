import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Containers that share a directory: pids mean nothing, locks do", .blocking)
struct NamespaceTests {
    private static let unshare = PeerProcess.find("unshare")
    private static let isPermitted: Bool = {
        guard let unshare else { return false }
        return (try? PeerProcess.run(unshare, ["--pid", "--fork", "true"]))?.status == 0
    }()

    @Test(
        "Processes that are both number 1 in their containers have slots of their own, and die apart",
        .enabled(if: isPermitted, "takes the right to make pid namespaces")
    )
    func samePid() throws {
        try TemporaryFolder.with { folder in
            let unshare = try #require(Self.unshare)
            let prefix = ["--pid", "--fork", "--kill-child", try ProbeRun.executable]
            let first = try ProbeRun.startProgram(unshare, prefix + ["serve-gauges", folder, "1"])
            let second = try ProbeRun.startProgram(unshare, prefix + ["serve-gauges", folder, "2"])
            let collector = MultiprocessCollector(directory: folder)
            #expect(collector.collect().value("probe_gauge_livesum") == 3)
            first.kill()
            // The one in the namespace dies with its parent, soon.
            let deadline = ContinuousClock.now + .seconds(300)
            while collector.collect().value("probe_gauge_livesum") != 2, ContinuousClock.now < deadline { usleep(5000) }
            #expect(collector.collect().value("probe_gauge_livesum") == 2)
            #expect(collector.collect().value("probe_gauge_sum") == 3)
            second.finish()
        }
    }
}
