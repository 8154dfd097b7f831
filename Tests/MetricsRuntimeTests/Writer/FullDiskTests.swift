import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Full disks: nothing traps, no value is lost, and storing begins again when there is room", .blocking)
struct FullDiskTests {
    private static let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")])

    @Test("tmpfs", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
    func tmpfs() throws {
        try SmallFileSystem.tmpfs(options: "size=128k").with(fullAndEmptyAgain)
    }

    @Test("ext4", .enabled(if: SmallFileSystem.hasExt4, SmallFileSystem.ext4Absence))
    func ext4() throws {
        try SmallFileSystem.ext4(kibibytes: 1024).with(fullAndEmptyAgain)
    }

    @Test(
        "A quota that is used up is an error that says so, and nothing traps",
        .enabled(if: SmallFileSystem.hasQuota, SmallFileSystem.quotaAbsence)
    )
    func quota() throws {
        try SmallFileSystem.btrfsQuota(kibibytes: 512).with { folder in
            let registry = MetricsRegistry(storage: .directory(folder + "/metrics"))
            let family = registry.family(for: Self.descriptor)
            let known = CounterChild(family._child1(0, "known"))
            known.inc()
            try SmallFileSystem.fill(folder + "/filler")
            let children = (0..<1000).map { CounterChild(family._child1(0, "a label value of some length \($0)")) }
            for (index, child) in children.enumerated() { child.inc(by: Double(index + 1)) }
            known.inc(by: 41)
            // No more than that: this file system writes elsewhere what it writes again, and finds no room for a page there.
            #expect((registry.collect().family("metrics_storage_faults")?.values.reduce(0, +) ?? 0) > 0)
            let error = #expect(throws: MetricsStorageError.self) {
                try MetricsRegistry(storage: .directory(folder + "/more")).prepare()
            }
            #expect(error?.errorNumber == EDQUOT, "\(String(describing: error))")
            try PythonPeer.expectReadable(folder + "/metrics")
        }
    }

    private func fullAndEmptyAgain(_ folder: String) throws {
        let registry = MetricsRegistry(storage: .directory(folder + "/metrics"))
        let family = registry.family(for: Self.descriptor)
        let series = family._child1(0, "known")
        let known = CounterChild(series)
        known.inc()
        try SmallFileSystem.fill(folder + "/filler")
        // More than the space that the file got in advance.
        let children = (0..<1000).map { CounterChild(family._child1(0, "a label value of some length \($0)")) }
        for (index, child) in children.enumerated() { child.inc(by: Double(index + 1)) }
        known.inc(by: 41)
        #expect(series.record._makeShard() == nil, "a shard needs room, too")

        let own = registry.collect()
        #expect(own.family("jobs")?.values.reduce(0, +) == 500_542.0, "this process exposes what it could not store")
        #expect(own.family("jobs")?.values.count == 1001)
        #expect((own.value(#"metrics_storage_faults_total{operation="growFile"}"#) ?? 0) > 0)
        let collector = MultiprocessCollector(directory: folder + "/metrics")
        #expect(collector.collect().value(#"jobs_total{key="known"}"#) == 42, "what is stored is exact for everybody")
        let stored = collector.collect().family("jobs")?.values.count ?? 0
        #expect(stored < 1001)
        #expect(own.value("metrics_storage_unstored_series") == Double(1001 - stored))
        try PythonPeer.expectReadable(folder + "/metrics")

        try FileManager.default.removeItem(atPath: folder + "/filler")
        var round = 0
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline {
            CounterChild(family._child1(0, "after \(round)")).inc()
            if collector.collect().value(#"jobs_total{key="after \#(round)"}"#) == 1 { break }
            round += 1
            usleep(20_000)
        }
        #expect(collector.collect().value(#"jobs_total{key="after \#(round)"}"#) == 1, "there is room again")
        #expect(registry.collect().family("jobs")?.values.reduce(0, +) == Double(42 + 500_500 + round + 1))
        #expect(series.record._makeShard() != nil, "a series that had to do without a shard can have one now")
    }

    @Test("A disk that was full from the start", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
    func fullFromTheStart() throws {
        try SmallFileSystem.tmpfs(options: "size=64k").with { folder in
            try SmallFileSystem.fill(folder + "/filler")
            let registry = MetricsRegistry(storage: .directory(folder))
            let child = registry.counter()
            child.inc(by: 3)
            #expect(registry.collect().value("jobs_total") == 3)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.filter { $0.hasSuffix(".db") } == [], "nothing half made is left")
        }
    }

    @Test("No inodes", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
    func noInodes() throws {
        // The root, the lock file and one more: the first file finds a name, its second one does not.
        for inodes in 1...3 {
            try SmallFileSystem.tmpfs(options: "size=1m,nr_inodes=\(inodes)").with { folder in
                let registry = MetricsRegistry(storage: .directory(folder))
                let counter = registry.counter()
                let gauge = registry.gauge()
                counter.inc(by: 3)
                gauge.set(4)
                let snapshot = registry.collect()
                #expect(snapshot.value("jobs_total") == 3)
                #expect(snapshot.families.first { $0.name == "level" }?.values == [4])
                #expect((snapshot.family("metrics_storage_faults")?.values.reduce(0, +) ?? 0) > 0)
            }
        }
    }

    @Test("A file system that is mounted read-only", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
    func readOnly() throws {
        try SmallFileSystem.tmpfs(options: "size=64k,ro").with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let error = #expect(throws: MetricsStorageError.self) { try registry.prepare() }
            #expect(error?.errorNumber == EROFS)
            registry.counter().inc()
            #expect(registry.collect().value("jobs_total") == 1)
        }
    }

    @Test(
        "What a child counts that was forked on a full disk is stored when there is room",
        .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence)
    )
    func forkedOnAFullDisk() throws {
        try SmallFileSystem.tmpfs(options: "size=128k").with { folder in
            let output = try PeerProcess.run(try ProbeRun.executable, ["full-directory", folder])
            #expect(output.standardOutput == "ok\n", "\(output.standardOutput)\(output.standardError)")
            try PythonPeer.expectReadable(folder)
        }
    }

    @Test("One log line for a disk that stays full", .enabled(if: SmallFileSystem.isMountable, SmallFileSystem.absence))
    func oneLogLine() throws {
        try SmallFileSystem.tmpfs(options: "size=64k").with { folder in
            let output = try PeerProcess.run(try ProbeRun.executable, ["fill", folder, "3000"])
            #expect(output.status == 0, "\(output.standardOutput)\(output.standardError)")
            let lines = output.standardError.split(separator: "\n")
            #expect(lines.count == 1, "\(output.standardError)")
            #expect(lines.first?.contains("No space left on device") == true)
        }
    }

    @Test(
        "A limit on the size of files is an error, not the signal that ends the process",
        .disabled(if: ProbeRun.isUnderThreadSanitizer, "ThreadSanitizer itself does not start under such a limit")
    )
    func fileSizeLimit() throws {
        try TemporaryFolder.with { folder in
            let shell = try #require(PeerProcess.find("sh"))
            let probe = try ProbeRun.executable
            // In blocks of 512 bytes.
            let output = try PeerProcess.run(
                shell,
                ["-c", "ulimit -f 64; exec '\(probe)' fill '\(folder)' 3000 2>/dev/null"]
            )
            #expect(output.standardOutput == "ok\n", "\(output)")
        }
    }
}
