import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Reaping without the right to: said where there is anything to do, and only there", .blocking)
struct RefusedReapingTests {
    @Test("A user who may not write is told so of a dead slot, and nothing of a living one")
    func unprivileged() throws {
        try TemporaryFolder.with { folder in
            let probe = try ProbeRun.start("serve-gauges", folder, "1")
            chmod(folder + "/swift-0.lock", 0o444)
            chmod(folder, 0o555)
            defer { chmod(folder, 0o755) }
            #expect(try ProbeRun.play("reap-unprivileged", folder) == "")
            probe.kill()
            let lines = try ProbeRun.play("reap-unprivileged", folder).split(separator: "\n")
            try #require(lines.count == 2, "\(lines)")
            #expect(lines[0].hasPrefix("failed Cannot lock the slot file '\(folder)/swift-0.lock': Permission denied"))
            #expect(
                lines[1].hasPrefix("failed Cannot lock the archive '\(folder)/swift-archive.lock': Permission denied")
            )
            #expect(lines.allSatisfy { $0.contains("run this as a user who may write the directory") })
        }
    }

    @Test("A dead slot that has nothing left to do is no failure")
    func nothingToDo() throws {
        try TemporaryFolder.with { folder in
            let file = MultiprocessFileBytes { $0.add("a", value: 1) }
            try file.write("gauge_all_swift-0.db", in: folder)
            let lock = folder + "/swift-0.lock"
            try Data().write(to: URL(fileURLWithPath: lock))
            chmod(lock, 0o444)
            chmod(folder, 0o555)
            defer { chmod(folder, 0o755) }
            #expect(try ProbeRun.play("reap-unprivileged", folder) == "")
            // The same file with room that can be given back.
            var roomy = file
            roomy.addUncounted([UInt8](repeating: 0, count: 64))
            chmod(folder, 0o755)
            try roomy.write("gauge_all_swift-0.db", in: folder)
            chmod(folder, 0o555)
            let lines = try ProbeRun.play("reap-unprivileged", folder).split(separator: "\n")
            #expect(lines.count == 1 && lines[0].hasPrefix("failed Cannot lock the slot file '\(lock)'"), "\(lines)")
        }
    }

    #if os(Linux)
        @Test("A read-only mount", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
        func readOnlyMount() throws {
            try SmallFileSystem.tmpfs(options: "size=4m").with { folder in
                let probe = try ProbeRun.start("serve-gauges", folder, "1")
                probe.kill()
                let mount = try #require(PeerProcess.find("mount"))
                #expect(try PeerProcess.run(mount, ["-o", "remount,ro", folder]).status == 0)
                let reaper = MultiprocessReaper(directory: folder)
                for report in [reaper.reapDeadSlots(), reaper.markProcessDead(pid: 77)] {
                    #expect(report.failures.map(\.path) == ["\(folder)/swift-0.lock"], "\(report)")
                    #expect(report.failures.map(\.errorNumber) == [EROFS])
                }
                let collector = MultiprocessCollector(directory: folder)
                #expect(collector.collect().value("probe_gauge_livesum") == nil)
                #expect(collector.faults == [:])
                #expect(reaper.archiveDeadSlots().failures.map(\.errorNumber) == [EROFS])
            }
        }
    #endif
}
