import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("The archive across slots: for directories that only this package reads", .blocking)
struct ArchiveTests {
    private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

    @Test("Dead slots leave no files but one a kind, and no value changes")
    func archive() throws {
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(70, in: folder)
            let collector = MultiprocessCollector(directory: folder)
            _ = collector.collect()
            let before = Set(DeadSlotsFixture.lines(folder))
            let reaper = MultiprocessReaper(directory: folder)
            _ = reaper.reapDeadSlots()
            let report = reaper.archiveDeadSlots()
            #expect(report.failures == [])
            #expect(Set(DeadSlotsFixture.lines(folder)) == before)
            let files = try DeadSlotsFixture.files(in: folder).filter { !$0.hasPrefix("gauge_all_") }
            #expect(
                files == [
                    "counter_swift-archive.db", "gauge_max_swift-archive.db", "gauge_min_swift-archive.db",
                    "gauge_mostrecent_swift-archive.db", "gauge_sum_swift-archive.db", "histogram_swift-archive.db",
                    "summary_swift-archive.db",
                ]
            )
            // A second generation goes on top.
            DeadSlotsFixture.leave(2, in: folder)
            _ = reaper.archiveDeadSlots()
            #expect(collector.collect().value(#"jobs_total{key="k"}"#) == 72)
            #expect(MultiprocessCollector(directory: folder).collect().value("wait_seconds_count") == 72)
        }
    }

    @Test("Types and units of what is in the archive stay, and their side files go with the last file of a slot")
    func sideFiles() throws {
        try TemporaryFolder.with { folder in
            let info = MetricDescriptor(name: "build_info", documentation: "Build", type: .info)
            let bytes = MetricDescriptor(
                name: "size_bytes",
                documentation: "Sizes",
                type: .histogram,
                unit: "bytes",
                buckets: [1]
            )
            do {
                let first = MetricsRegistry(storage: .directory(folder))
                let second = MetricsRegistry(storage: .directory(folder))
                first.register([info])
                HistogramChild(second.family(for: bytes)._child0(0)).observe(1)
                // Each process's own, which no archive takes: its side file stays.
                GaugeChild(second.family(for: TestMetrics.gauge(.all))._child0(0)).set(1)
            }
            let collector = MultiprocessCollector(directory: folder)
            func lines() -> Set<Substring> {
                let text = ExpositionFormat.openMetrics.encode(collector.collect())
                return Set(String(decoding: text, as: UTF8.self).split(separator: "\n"))
            }
            let before = lines()
            let reaper = MultiprocessReaper(directory: folder)
            #expect(reaper.reapDeadSlots().failures == [])
            #expect(lines() == before)
            #expect(reaper.archiveDeadSlots().failures == [])
            #expect(lines() == before && before.contains("# TYPE build info"))
            #expect(before.contains("# UNIT size_bytes bytes"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".types") }
            #expect(Set(files) == ["swift-1.types", "swift-archive.types"])
            // What lives says is newer than what is in the archive.
            let unknown = MetricDescriptor(
                name: "build_info",
                documentation: "Build",
                type: .unknown,
                multiprocessMode: .max
            )
            let living = MetricsRegistry(storage: .directory(folder))
            GaugeChild(living.family(for: unknown)._child0(0)).set(1)
            #expect(lines().contains("# TYPE build_info unknown"))
            #expect(reaper.archiveDeadSlots().failures == [])
            withExtendedLifetime(living) {}
        }
    }

    @Test("Scrapes see every value once while slots are archived, adopted and left")
    func underReaders() async throws {
        try await TemporaryFolder.withAsync { folder in
            DeadSlotsFixture.leave(3, in: folder)
            let archive: @Sendable () -> Void = {
                for _ in 0..<100 { #expect(MultiprocessReaper(directory: folder).archiveDeadSlots().failures == []) }
            }
            let comeAndGo: @Sendable () -> Void = {
                for _ in 0..<100 {
                    let registry = MetricsRegistry(storage: .directory(folder))
                    let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
                    CounterChild(family._child1(0, "k")).inc()
                }
            }
            let scrape: @Sendable (Stop) -> Void = { stop in
                let collector = MultiprocessCollector(directory: folder)
                var last = 0.0
                while !stop.isSet {
                    let snapshot = collector.collect()
                    let sum = snapshot.value(#"jobs_total{key="k"}"#) ?? -1
                    #expect(sum >= last && sum <= 203)
                    last = sum
                    #expect(snapshot.value("wait_seconds_count") == 3)
                }
            }
            await Threads.together([archive, comeAndGo, comeAndGo], beside: [scrape, scrape])
            _ = MultiprocessReaper(directory: folder).archiveDeadSlots()
            #expect(MultiprocessCollector(directory: folder).collect().value(#"jobs_total{key="k"}"#) == 203)
        }
    }

    @Test("An archiver that is killed at any instruction leaves every value once")
    func killed() throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("ArchiveTests.killed: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            DeadSlotsFixture.leave(5, in: folder)
            let collector = MultiprocessCollector(directory: folder)
            var counted = 5.0
            for round in 0..<(Self.isLong ? 2000 : 40) {
                let archiver = try ProbeRun.start("archive-until-killed", folder)
                usleep(UInt32.random(in: 0...3000, using: &random))
                archiver.kill()
                let sum = collector.collect().value(#"jobs_total{key="k"}"#)
                #expect(sum == counted, "round \(round)")
                #expect(MultiprocessCollector(directory: folder).collect().value(#"jobs_total{key="k"}"#) == counted)
                // New slots, some with files that an archiver may have left.
                let count = Int.random(in: 1...3, using: &random)
                DeadSlotsFixture.leave(count, in: folder)
                counted += Double(count)
                #expect(collector.collect().value(#"jobs_total{key="k"}"#) == counted, "round \(round)")
            }
        }
    }
}
