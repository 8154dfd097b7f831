import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Files that somebody else cuts, replaces or removes while they are in use", .blocking)
struct ForeignHandsTests {
    private static let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")])

    @Test(
        "A file cut to nothing ends no process; updates go on, and the file is written anew",
        arguments: [0, 3, 8, 100]
    )
    func truncated(size: Int) throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let kept = registry.counter()
            let histogram = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
            kept.inc(by: 5)
            histogram.observe(0.5)
            for name in ["counter_swift-0.db", "histogram_swift-0.db"] {
                #expect(truncate("\(folder)/\(name)", off_t(size)) == 0)
            }
            kept.inc(by: 7)
            histogram.observe(0.5)
            let value = kept.value
            #expect(value >= 7, "what went with the page starts again from zero")
            CounterChild(registry.family(for: Self.other)._child1(0, "new")).inc()

            let snapshot = registry.collect()
            #expect(snapshot.value("jobs_total") == value)
            #expect(snapshot.value("wait_seconds_count") == histogram.count)
            #expect((snapshot.value(#"metrics_storage_faults_total{operation="keepFile"}"#) ?? 0) >= 1)
            kept.inc()
            let others = MultiprocessCollector(directory: folder).collect()
            #expect(others.value("jobs_total") == value + 1, "the kept child writes to the new file")
            #expect(others.value(#"tasks_total{key="new"}"#) == 1)
            try PythonPeer.expectReadable(folder)
        }
    }

    @Test("What stands in front of the cut keeps its values, over many mappings")
    func cutInTheMiddle() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: Self.descriptor)
            let children = (0..<4000).map { CounterChild(family._child1(0, "key number \($0)")) }
            for (index, child) in children.enumerated() { child.inc(by: Double(index + 1)) }
            family._remove1(0, "key number 7")
            #expect(truncate("\(folder)/counter_swift-0.db", 100_000) == 0)
            for child in children { child.inc() }
            let snapshot = registry.collect()
            #expect(snapshot.family("jobs")?.values.count == 3999)
            for index in [0, 1, 100, 500] {
                #expect(snapshot.value(#"jobs_total{key="key number \#(index)"}"#) == Double(index + 2))
            }
            #expect(snapshot.value(#"jobs_total{key="key number 7"}"#) == nil, "what was removed stays so")
            for index in [3000, 3999] {
                #expect(snapshot.value(#"jobs_total{key="key number \#(index)"}"#) == 1)
            }
            #expect((snapshot.value(#"metrics_storage_faults_total{operation="storePage"}"#) ?? 0) >= 1)
            for child in children { child.inc() }
            let others = MultiprocessCollector(directory: folder).collect()
            #expect(others.value(#"jobs_total{key="key number 3999"}"#) == 2)
        }
    }

    @Test("A directory that is deleted comes back with everything in it", arguments: [true, false])
    func directoryDeleted(isLockAloneDeleted: Bool) throws {
        try TemporaryFolder.with { folder in
            let directory = folder + "/metrics"
            let registry = MetricsRegistry(storage: .directory(directory))
            let family = registry.family(for: Self.descriptor)
            let children = (0..<300).map { CounterChild(family._child1(0, "\($0)")) }
            for child in children { child.inc(by: 2) }
            try FileManager.default.removeItem(atPath: directory + (isLockAloneDeleted ? "/swift-0.lock" : ""))
            for child in children { child.inc(by: 3) }
            let late = CounterChild(family._child1(0, "late"))
            late.inc()
            let snapshot = registry.collect()
            #expect(snapshot.value(#"jobs_total{key="299"}"#) == 5)
            #expect(snapshot.value(#"jobs_total{key="late"}"#) == 1)
            for child in children { child.inc() }
            let others = MultiprocessCollector(directory: directory).collect()
            #expect(others.value(#"jobs_total{key="0"}"#) == 6)

            // The slot is held: another process takes another one.
            _ = try ProbeRun.play("count", directory, "1")
            #expect(FileManager.default.fileExists(atPath: directory + "/counter_swift-1.db"))
        }
    }

    @Test("While a directory that is gone cannot be made again, this process's own scrape has everything in it")
    func directoryThatCannotComeBack() throws {
        try TemporaryFolder.with { folder in
            let directory = folder + "/metrics"
            let registry = MetricsRegistry(storage: .directory(directory))
            let counter = registry.counter()
            let histogram = HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0))
            let gauge = registry.gauge()
            counter.inc(by: 2)
            histogram.observe(0.5)
            gauge.set(7)
            #expect(registry.collect().value("jobs_total") == 2)
            try FileManager.default.removeItem(atPath: directory)
            try "a file".write(toFile: directory, atomically: false, encoding: .utf8)
            counter.inc(by: 3)
            histogram.observe(0.5)
            let late = CounterChild(registry.family(for: Self.other)._child1(0, "late"))
            late.inc()
            // Twice: within the second after a fault nothing is tried again.
            for _ in 0..<2 {
                let snapshot = registry.collect()
                #expect(snapshot.value("jobs_total") == 5)
                #expect(snapshot.value("wait_seconds_count") == 2)
                #expect(snapshot.family("level")?.values == [7])
                #expect(snapshot.value(#"tasks_total{key="late"}"#) == 1)
                #expect(snapshot.value("metrics_storage_unstored_series") == 4)
            }

            try FileManager.default.removeItem(atPath: directory)
            let others = MultiprocessCollector(directory: directory)
            let deadline = ContinuousClock.now + .seconds(60)
            while others.collect().value("jobs_total") == nil, ContinuousClock.now < deadline {
                _ = registry.collect()
                usleep(20_000)
            }
            counter.inc()
            #expect(others.collect().value("jobs_total") == 6)
            #expect(others.collect().value("wait_seconds_count") == 2)
            #expect(registry.collect().value("jobs_total") == 6, "and nothing counts twice")
        }
    }

    @Test("Counting goes on exactly while files are removed again and again")
    func removedUnderLoad() async throws {
        try await TemporaryFolder.withAsync { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: Self.descriptor)
            let child = CounterChild(family._child1(0, "k"))
            let count: @Sendable () -> Void = { for _ in 0..<200_000 { child.inc() } }
            let remove: @Sendable () -> Void = {
                for round in 0..<100 {
                    unlink(folder + "/counter_swift-0.db")
                    CounterChild(family._child1(0, "new \(round)")).inc()
                }
            }
            await Threads.together([count, count, remove])
            let snapshot = registry.collect()
            #expect(snapshot.value(#"jobs_total{key="k"}"#) == child.value)
            #expect(child.value > 399_000, "at most an update on its way to the page at each of 100 changes is lost")
            #expect(snapshot.family("jobs")?.values.count == 101)
        }
    }

    @Test(
        "A bus error of somebody else's goes to the handler that was there, or ends the process as ever",
        .disabled(if: ProbeRun.isUnderThreadSanitizer, "ThreadSanitizer has a handler of its own")
    )
    func busErrorsOfOthers() throws {
        try TemporaryFolder.with { folder in
            #expect(try ProbeRun.play("bus-error-handled", folder) == "handled\n")
            let output = try PeerProcess.run(
                try ProbeRun.executable,
                ["bus-error", folder],
                environment: ["SWIFT_BACKTRACE": "enable=no"]
            )
            #expect(output.status == 128 + SIGBUS, "\(output.standardOutput)\(output.standardError)")
            let traced = try PeerProcess.run(
                try ProbeRun.executable,
                ["bus-error", folder],
                environment: ["SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no"]
            )
            #expect(traced.status == 128 + SIGBUS)
            #expect(
                (traced.standardOutput + traced.standardError).contains("Bus error") || traced.standardError.isEmpty
            )
        }
    }

    private static let other = TestMetrics.counter("tasks_total", labels: [TestMetrics.open("key")])
}
