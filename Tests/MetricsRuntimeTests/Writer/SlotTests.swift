import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Slots: who owns which files, and what the next owner does with them", .blocking)
struct SlotTests {
    @Test("Workers one after the other share one slot, and their counts add up")
    func successors() throws {
        try TemporaryFolder.with { folder in
            for _ in 0..<5 { _ = try ProbeRun.play("count", folder, "7") }
            let counters = try files(in: folder).filter { $0.hasPrefix("counter_") }
            #expect(counters == ["counter_swift-0.db"])
            let snapshot = MultiprocessCollector(directory: folder).collect()
            #expect(snapshot.value(#"probe_total{key="k"}"#) == 35)
            #expect(snapshot.value(#"probe_seconds_count{key="h"}"#) == 35)
            #expect(snapshot.value(#"probe_seconds_sum{key="h"}"#) == 17.5)
        }
    }

    @Test("What gauges of dead workers say is what their mode promises")
    func successorsOfGauges() throws {
        try TemporaryFolder.with { folder in
            for value in ["5", "9", "2"] { _ = try ProbeRun.play("count", folder, value) }
            let snapshot = MultiprocessCollector(directory: folder).collect()
            #expect(snapshot.value("probe_gauge_sum") == 16)
            #expect(snapshot.value("probe_gauge_min") == 2)
            #expect(snapshot.value("probe_gauge_max") == 9)
            #expect(snapshot.value("probe_gauge_mostrecent") == 2)
            #expect(snapshot.value(#"probe_gauge_all{pid="swift-0"}"#) == 2)
        }
    }

    @Test("What a scrape reads does not grow with the number of restarts")
    func restarts() throws {
        try TemporaryFolder.with { folder in
            /// How many bytes of each file are in use.
            func used() throws -> [String: Int32] {
                var used: [String: Int32] = [:]
                for name in try files(in: folder) where name.hasSuffix(".db") {
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                    used[name] = bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
                }
                return used
            }
            var afterTwo: [String: Int32] = [:]
            for round in 1...40 {
                DeadSlotsFixture.leave(2, in: folder)
                // Gauges whose dead contributors count have one entry for all of them and one for the last.
                if round == 2 { afterTwo = try used() }
            }
            #expect(afterTwo.count == 2 * (3 + MultiprocessMode.allCases.count))
            #expect(try used() == afterTwo)
            #expect(MultiprocessCollector(directory: folder).collect().value(#"jobs_total{key="k"}"#) == 80)
        }
    }

    @Test("Living workers have slots of their own, and a killed one's is free at once")
    func living() throws {
        try TemporaryFolder.with { folder in
            let first = try ProbeRun.start("serve-gauges", folder, "1")
            let second = try ProbeRun.start("serve-gauges", folder, "2")
            let registry = MetricsRegistry(storage: .directory(folder))
            try registry.prepare()
            #expect(registry.collect().value(#"probe_gauge_liveall{pid="swift-0"}"#) == 1)
            #expect(registry.collect().value(#"probe_gauge_liveall{pid="swift-1"}"#) == 2)
            #expect(registry.collect().value("probe_gauge_livesum") == 3)

            first.kill()
            let after = registry.collect()
            #expect(after.value(#"probe_gauge_liveall{pid="swift-0"}"#) == nil, "gone without anybody's help")
            #expect(after.value("probe_gauge_livesum") == 2)
            #expect(after.value("probe_gauge_livemin") == 2)
            #expect(after.value("probe_gauge_sum") == 3, "what is not live stays")

            let third = try ProbeRun.start("serve-gauges", folder, "4")
            #expect(
                registry.collect().value(#"probe_gauge_liveall{pid="swift-0"}"#) == 4,
                "the free slot has a new owner"
            )
            third.finish()
            second.finish()
        }
    }

    @Test("Two registries of one process never share a slot, and one that goes frees its own alone")
    func registries() throws {
        try TemporaryFolder.with { folder in
            let first = MetricsRegistry(storage: .directory(folder))
            first.counter().inc(by: 1)
            do {
                let second = MetricsRegistry(storage: .directory(folder))
                second.counter().inc(by: 10)
                #expect(try files(in: folder).contains("counter_swift-1.db"))
                #expect(first.collect().value("jobs_total") == 11)
            }
            let third = MetricsRegistry(storage: .directory(folder))
            third.counter().inc(by: 100)
            #expect(try !files(in: folder).contains("counter_swift-2.db"), "the slot of the second is used again")
            #expect(first.collect().value("jobs_total") == 111)

            // Another process must still find the first slot taken: no descriptor of its lock file was closed.
            _ = try ProbeRun.play("count", folder, "1")
            #expect(try files(in: folder).contains("counter_swift-2.db"))
        }
    }

    @Test("A kept child of a registry that is gone does not touch the files of its successor")
    func detached() throws {
        try TemporaryFolder.with { folder in
            var kept: CounterChild?
            do {
                let first = MetricsRegistry(storage: .directory(folder))
                kept = first.counter()
                kept?.inc(by: 5)
            }
            let second = MetricsRegistry(storage: .directory(folder))
            let child = second.counter()
            #expect(child.value == 5, "the next owner counts on")
            kept?.inc(by: 1000)
            #expect(second.collect().value("jobs_total") == 5)
        }
    }

    @Test("A family of a registry that is gone takes no slot, first series or not", arguments: [true, false])
    func familyWithoutRegistry(hasSeries: Bool) throws {
        try TemporaryFolder.with { folder in
            var registry: MetricsRegistry? = MetricsRegistry(storage: .directory(folder))
            let family = try #require(registry?.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")])))
            if hasSeries { CounterChild(family._child1(0, "a")).inc() }
            registry = nil
            CounterChild(family._child1(0, "b")).inc()
            let next = MetricsRegistry(storage: .directory(folder))
            next.counter(TestMetrics.counter("more_total")).inc()
            #expect(try files(in: folder).filter { $0.hasSuffix(".lock") } == ["swift-0.lock"])
            #expect(next.collect().value(#"jobs_total{key="b"}"#) == nil)
        }
    }

    @Test(
        "A killed worker's damaged file is healed by the next owner, and what was whole counts on",
        arguments: [1, 9, 40, 73]
    )
    func damaged(cut: Int) throws {
        try TemporaryFolder.with { folder in
            _ = try ProbeRun.play("count", folder, "3")
            let path = folder + "/histogram_swift-0.db"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let used = whole.withUnsafeBytes { Int($0.loadUnaligned(as: Int32.self)) }
            try whole.prefix(used - cut).write(to: URL(fileURLWithPath: path))
            _ = try ProbeRun.play("count", folder, "4")
            let snapshot = MultiprocessCollector(directory: folder).collect()
            #expect(snapshot.value(#"probe_total{key="k"}"#) == 7)
            #expect(snapshot.value(#"probe_seconds_sum{key="h"}"#) == 3.5)
            if PythonPeer.isPresent {
                #expect(try !PythonPeer.collect(folder).hasPrefix("EXCEPTION"))
            }
        }
    }

    private func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
