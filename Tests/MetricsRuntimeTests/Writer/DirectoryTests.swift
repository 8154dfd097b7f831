import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("The multiprocess directory: made lazily, and never in the way of an update", .blocking)
struct DirectoryTests {
    /// In a process of its own, since there is one shared registry, and the first call is the one that counts.
    @Test("A program's first call may say where the shared registry keeps its values")
    func bootstrap() throws {
        try TemporaryFolder.with { folder in
            let output = try ProbeRun.play("bootstrap", folder)
            #expect(output == "ok\n")
        }
    }

    @Test("Nothing happens before the first series; then missing folders are made")
    func lazy() throws {
        try TemporaryFolder.with { folder in
            let directory = folder + "/a/b/c"
            let registry = MetricsRegistry(storage: .directory(directory))
            #expect(!FileManager.default.fileExists(atPath: folder + "/a"))
            registry.counter().inc()
            #expect(FileManager.default.fileExists(atPath: directory + "/counter_swift-0.db"))
            #expect(registry.collect().value("jobs_total") == 1)
        }
    }

    @Test("A directory that cannot be used is an error from prepare() that says what to do; updates go on in memory")
    func unusable() throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/file"
            try Data().write(to: URL(fileURLWithPath: file))
            for directory in [file, file + "/below", "/proc/self/metrics"] {
                let registry = MetricsRegistry(storage: .directory(directory))
                let error = #expect(throws: MetricsStorageError.self) { try registry.prepare() }
                #expect(error?.operation == .createDirectory)
                #expect(error?.description.contains("'\(directory)'") == true, "\(error?.description ?? "")")
                let child = registry.counter()
                child.inc(by: 3)
                #expect(child.value == 3)
                #expect(registry.collect().value("jobs_total") == 3, "this process exposes what it could not store")
                let faults = registry.collect().family("metrics_storage_faults")
                #expect((faults?.values.first ?? 0) > 0)
                #expect(registry.collect().value("metrics_storage_unstored_series") == 1, "and says so")
            }
        }
    }

    @Test("A read-only directory is an error that names it")
    func readOnly() throws {
        try TemporaryFolder.with { folder in
            chmod(folder, 0o555)
            defer { chmod(folder, 0o755) }
            let output = try PeerProcess.run(try ProbeRun.executable, ["unprivileged", folder])
            #expect(output.status == 0, "\(output.standardOutput)\(output.standardError)")
            #expect(output.standardOutput.contains("Permission denied"))
            #expect(output.standardOutput.contains(folder))
            #expect(output.standardOutput.contains("PROMETHEUS_MULTIPROC_DIR"))
        }
    }

    @Test("A directory that was named by a relative path stays where it was when the process goes elsewhere")
    func relativePath() throws {
        try TemporaryFolder.with { folder in
            let output = try PeerProcess.run(try ProbeRun.executable, ["relative-directory", folder])
            #expect(output.standardOutput == "ok\n", "\(output.standardOutput)\(output.standardError)")
        }
    }

    @Test("Who may write the directory has a slot in it, though another user's lock file may not be written")
    func foreignSlot() throws {
        try TemporaryFolder.with { folder in
            chmod(folder, 0o777)
            let output = try PeerProcess.run(try ProbeRun.executable, ["foreign-slot", folder])
            #expect(output.standardOutput == "ok\n", "\(output.standardOutput)\(output.standardError)")
            let collector = MultiprocessCollector(directory: folder)
            #expect(collector.collect().value(#"probe_total{key="k"}"#) == 2)
        }
    }

    @Test("A location that the environment cannot name is an error from prepare(), and values stay in memory")
    func unavailable() {
        let registry = MetricsRegistry(storage: MetricsStorageLocation(variables: [:]))
        let error = #expect(throws: MetricsStorageError.self) { try registry.prepare() }
        #expect(error?.description.contains("PROMETHEUS_MULTIPROC_DIR") == true)
        #expect(error?.description.contains("HOME") == true)
        registry.counter().inc()
        #expect(registry.collect().value("jobs_total") == 1)
        #expect(registry.collect().value("metrics_storage_unstored_series") == 1)
    }

    @Test("Files grow under kept children, over many mappings")
    func growth() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")], maxSeries: 100_000)
            let family = registry.family(for: descriptor)
            let children = (0..<20_000).map { CounterChild(family._child1(0, "series number \($0)")) }
            for (index, child) in children.enumerated() { child.inc(by: Double(index)) }
            let snapshot = MultiprocessCollector(directory: folder).collect()
            let values = snapshot.family("jobs")?.values ?? []
            #expect(values.count == 20_000)
            #expect(values.reduce(0, +) == Double(20_000 * 19_999 / 2))
        }
    }

    @Test("Values are read anew though nothing about the file says that they changed")
    func modificationTime() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let child = registry.counter()
            let collector = MultiprocessCollector(directory: folder)
            let path = folder + "/counter_swift-0.db"
            // A store through a mapping need not move the modification time, and the size stays as it is.
            for round in 1...5 {
                child.inc()
                var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
                #expect(utimes(path, &times) == 0)
                #expect(collector.collect().value("jobs_total") == Double(round))
            }
        }
    }

    @Test("Removed series are gone for our readers, at once and after the owner's death")
    func removal() throws {
        try TemporaryFolder.with { folder in
            let collector = MultiprocessCollector(directory: folder)
            do {
                let registry = MetricsRegistry(storage: .directory(folder))
                let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
                CounterChild(family._child1(0, "a")).inc()
                CounterChild(family._child1(0, "b")).inc(by: 2)
                #expect(collector.collect().value(#"jobs_total{key="a"}"#) == 1)
                family._remove1(0, "a")
                #expect(collector.collect().value(#"jobs_total{key="a"}"#) == nil)
                #expect(collector.collect().value(#"jobs_total{key="b"}"#) == 2)
            }
            let next = MetricsRegistry(storage: .directory(folder))
            let family = next.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
            #expect(CounterChild(family._child1(0, "b")).value == 2)
            #expect(collector.collect().value(#"jobs_total{key="a"}"#) == nil)
            CounterChild(family._child1(0, "a")).inc()
            #expect(collector.collect().value(#"jobs_total{key="a"}"#) == 1)
        }
    }

    @Test(
        "Python's collector reads what we write: all types and modes, unusual values",
        .enabled(if: PythonPeer.isPresent, PythonPeer.absence)
    )
    func python() throws {
        try TemporaryFolder.with { folder in
            var registries: [MetricsRegistry] = []
            let values = [
                "plain", "", "\"quoted\"", "back\\slash", "new\nline", "\u{1F600}", "tab\t", "\u{7f}", "é", "e\u{301}",
            ]
            for process in 1...3 {
                let registry = MetricsRegistry(storage: .directory(folder))
                registries.append(registry)
                let labels = [TestMetrics.open("z"), TestMetrics.closed("B", ["x", "y"]), TestMetrics.open("_a")]
                let family = registry.family(for: TestMetrics.counter(labels: labels))
                for (index, value) in values.enumerated() {
                    CounterChild(family._child2(UInt32(index % 2), value, "w")).inc(by: Double(process) + 0.25)
                }
                let histogram = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
                for value in [0.05, 0.5, 5, 50] { histogram.observe(value * Double(process)) }
                SummaryChild(registry.family(for: TestMetrics.summary)._child0(0)).observe(Double(process))
                for mode in MultiprocessMode.allCases {
                    let family = registry.family(for: TestMetrics.gauge(mode, name: "level_\(mode.rawValue)"))
                    if mode.isMostRecent {
                        MostRecentGaugeChild(family._child0(0)).set(Double(process))
                    } else {
                        GaugeChild(family._child0(0)).set(Double(10 - process))
                    }
                }
            }
            let ours = ExpositionLines.normalised(ExpositionFormat.text.encode(registries[0].collect()))
            let theirs = try PythonPeer.collect(folder)
            #expect(ours == ExpositionLines.normalised(theirs))
            #expect(theirs.contains("level_min 7.0") && theirs.contains("level_sum 24.0"))
        }
    }
}
