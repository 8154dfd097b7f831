import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Reaping: what is done for the dead", .blocking)
struct ReapingTests {
    private static let liveFiles = MultiprocessMode.allCases.filter(\.isLive).map { "gauge_\($0.rawValue)_swift-0.db" }

    @Test("A scrape removes the files of live gauges whose process was killed, and of no other")
    func scrapeRemoves() throws {
        try TemporaryFolder.with { folder in
            let dead = try ProbeRun.start("serve-gauges", folder, "1")
            let living = try ProbeRun.start("serve-gauges", folder, "2")
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            #expect(try Set(Self.liveFiles).isSubset(of: DeadSlotsFixture.files(in: folder)))
            dead.kill()
            #expect(collector.collect().value("probe_gauge_livesum") == 2)
            let files = try DeadSlotsFixture.files(in: folder)
            #expect(Set(files).isDisjoint(with: Self.liveFiles))
            #expect(files.contains("gauge_livesum_swift-1.db") && files.contains("gauge_all_swift-0.db"))
            if PythonPeer.isPresent { #expect(try PythonPeer.collect(folder).contains("probe_gauge_livesum 2.0\n")) }
            living.finish()
        }
    }

    @Test("Without the right to write, a scrape leaves the files of the dead out all the same")
    func readOnly() throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(1, in: folder)
            chmod(folder, 0o555)
            defer { chmod(folder, 0o755) }
            let output = try PeerProcess.run(try ProbeRun.executable, ["collect-unprivileged", folder])
            #expect(output.status == 0, "\(output.standardOutput)\(output.standardError)")
            #expect(output.standardOutput.contains("level_all") && !output.standardOutput.contains("level_liveall{"))
            #expect(try DeadSlotsFixture.files(in: folder).contains("gauge_liveall_swift-0.db"))
        }
    }

    @Test("A process never reaps a slot of its own")
    func ownSlot() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            DeadSlotsFixture.fill(registry, number: 1)
            let before = DeadSlotsFixture.lines(folder)
            let reaper = MultiprocessReaper(directory: folder)
            #expect(reaper.reapDeadSlots() == reaper.archiveDeadSlots())
            #expect(DeadSlotsFixture.lines(folder) == before)
            // The reaper opened no lock file of ours: another process still finds the slot taken.
            _ = try ProbeRun.play("count", folder, "1")
            #expect(try DeadSlotsFixture.files(in: folder).contains("counter_swift-1.db"))
            registry.counter(TestMetrics.counter("more_total")).inc()
            #expect(MultiprocessCollector(directory: folder).collect().value("more_total") == 1)
        }
    }

    @Test("Folding a dead slot's files changes no value, and gives space back")
    func fold() throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(3, in: folder)
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            let before = DeadSlotsFixture.lines(folder)
            let pythonBefore = PythonPeer.isPresent ? try PythonPeer.collect(folder) : ""
            let report = MultiprocessReaper(directory: folder).reapDeadSlots()
            #expect(report.failures == [])
            #expect(report.foldedFiles.contains("counter_swift-2.db"))
            #expect(DeadSlotsFixture.lines(folder) == before)
            #expect(ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect())) == before)
            if PythonPeer.isPresent {
                let after = try PythonPeer.collect(folder)
                // What was removed had stayed for Python; folding takes it away there too.
                #expect(
                    pythonBefore.split(separator: "\n").filter { !$0.contains("removed") }
                        == after.split(separator: "\n")
                )
            }
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/counter_swift-0.db")[.size] as? Int
            #expect((size ?? .max) < 1024)
            #expect(MultiprocessReaper(directory: folder).reapDeadSlots().foldedFiles == [], "nothing is left to fold")

            // The next owner counts on.
            let next = MetricsRegistry(storage: .directory(folder))
            let family = next.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
            CounterChild(family._child1(0, "k")).inc()
            #expect(collector.collect().value(#"jobs_total{key="k"}"#) == 4)
        }
    }

    @Test("A dead slot's damaged file is whole for Python's collector again")
    func heal() throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(1, in: folder)
            truncate(folder + "/counter_swift-0.db", 250)
            _ = MultiprocessReaper(directory: folder).reapDeadSlots()
            try PythonPeer.expectReadable(folder)
            #expect(MultiprocessCollector(directory: folder).faults == [:])
        }
    }

    @Test("While slots are folded, adopted and left, no scrape sees another sum")
    func foldUnderReaders() async throws {
        try await TemporaryFolder.withAsync { folder in
            DeadSlotsFixture.leave(4, in: folder)
            let reap: @Sendable () -> Void = {
                for _ in 0..<150 { _ = MultiprocessReaper(directory: folder).reapDeadSlots() }
            }
            let adopt: @Sendable () -> Void = {
                for _ in 0..<150 {
                    // Makes tombstones, so that there is something to fold.
                    let registry = MetricsRegistry(storage: .directory(folder))
                    let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
                    CounterChild(family._child1(0, "k")).inc(by: 0)
                    CounterChild(family._child1(0, "passing")).inc()
                    family._remove1(0, "passing")
                }
            }
            let scrape: @Sendable (Stop) -> Void = { stop in
                let collector = MultiprocessCollector(directory: folder)
                while !stop.isSet {
                    let snapshot = collector.collect()
                    #expect(snapshot.value(#"jobs_total{key="k"}"#) == 4)
                    #expect(snapshot.value("wait_seconds_count") == 4)
                    #expect(snapshot.value("level_sum") == 10)
                }
            }
            let python = PythonPeer.isPresent ? try PythonScraper(folder, samples: ["wait_seconds_count"]) : nil
            await Threads.together([reap, adopt], beside: [scrape])
            if let python {
                let (scrapes, problem) = python.finish()
                #expect(scrapes > 0 && problem.trimmingCharacters(in: .whitespaces) == "", "\(problem)")
            }
        }
    }

    @Test("Python's processes: marked dead by pid, only their live gauges go")
    func markProcessDead() throws {
        try TemporaryFolder.with { folder in
            for name in [
                "counter_77.db", "gauge_all_77.db", "gauge_livesum_77.db", "gauge_liveall_77.db", "gauge_livesum_78.db",
            ] {
                try MultiprocessFileBytes { $0.add("m", sample: "m", value: 1) }.write(name, in: folder)
            }
            DeadSlotsFixture.leave(1, in: folder)
            let report = MultiprocessReaper(directory: folder).markProcessDead(pid: 77)
            #expect(Set(report.removedFiles) == Set(Self.liveFiles + ["gauge_livesum_77.db", "gauge_liveall_77.db"]))
            let files = try DeadSlotsFixture.files(in: folder)
            #expect(Set(files).isSuperset(of: ["counter_77.db", "gauge_all_77.db", "gauge_livesum_78.db"]))
        }
    }

    @Test("Python's processes whose pids are free go where all share a pid namespace, and others stay")
    func samePIDNamespace() throws {
        try TemporaryFolder.with { folder in
            // More than any system gives: nobody can have it by now.
            let dead = 1 << 30
            for identity in ["\(dead)", "\(getpid())", "0", "-1", "+5", "worker-a"] {
                try MultiprocessFileBytes { $0.add("m", sample: "m", value: 1) }
                    .write("gauge_liveall_\(identity).db", in: folder)
            }
            let report = MultiprocessReaper(directory: folder).reapDeadPythonProcesses()
            #expect(report.removedFiles == ["gauge_liveall_\(dead).db"])
        }
    }

    #if os(Linux)
        @Test("A dead Python process goes although its parent has not waited for it; one of another user's stays")
        func zombies() throws {
            try TemporaryFolder.with { folder in
                let living = try ProbeRun.start("first-thread-gone", folder)
                let dead = try ChildProgram("/bin/sh", ["-c", "exit 0"])
                func leave() throws {
                    for pid in [1, living.pid, dead.pid] {
                        try MultiprocessFileBytes { $0.add("m", sample: "m", value: 1) }
                            .write("gauge_liveall_\(pid).db", in: folder)
                    }
                }
                try Self.waitUntilEnded(dead.pid)
                // Of the living one only another thread runs, which looks the same at first sight.
                try Self.waitUntilEnded(living.pid)
                try leave()
                let reaper = MultiprocessReaper(directory: folder)
                #expect(reaper.reapDeadPythonProcesses().removedFiles == ["gauge_liveall_\(dead.pid).db"])
                // Without the right to send a signal to the first process of the system, or to this one's child.
                try leave()
                chmod(folder, 0o777)
                let output = try ProbeRun.play("reap-unprivileged", folder)
                #expect(
                    output.split(separator: "\n").filter { $0.hasPrefix("removed") } == [
                        "removed gauge_liveall_\(dead.pid).db"
                    ]
                )
                dead.wait()
                living.finish()
            }
        }

        /// Waits until a process's first thread has ended, and for nothing else.
        private static func waitUntilEnded(_ pid: Int32) throws {
            let limit = ContinuousClock.now + .seconds(60)
            while true {
                let status = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
                if status.split(separator: ")").last?.split(separator: " ").first == "Z" { return }
                try #require(ContinuousClock.now < limit, "\(status)")
                usleep(1000)
            }
        }
    #endif

    @Test("A directory that is not there is reaped at once")
    func missing() {
        let reaper = MultiprocessReaper(directory: "/nonexistent/metrics")
        #expect(reaper.reapDeadSlots().failures == [])
        #expect(reaper.markProcessDead(pid: 1).removedFiles == [])
        #expect(reaper.reapDeadPythonProcesses().removedFiles == [])
    }
}
