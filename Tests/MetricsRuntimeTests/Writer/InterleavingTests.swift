import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

/// Leases, growth, folding, removal and scrapes at the same time in one process, where ThreadSanitizer can follow.
@Suite("Everything at once", .blocking)
struct InterleavingTests {
    private static let rounds = ProcessInfo.processInfo.environment["LONG"] == "1" ? 600 : 30

    @Test("Registries come, grow, remove and go while others scrape, fold and archive: sums are exact")
    func everything() async throws {
        try await TemporaryFolder.withAsync { folder in
            let lasting = MetricsRegistry(storage: .directory(folder))
            let family = lasting.family(for: Self.descriptor)
            let kept = CounterChild(family._child1(0, "kept"))
            let lanes: [@Sendable () -> Void] = (0..<3).map { lane in { Self.comeAndGo(folder, lane: lane) } }
            let grow: @Sendable () -> Void = {
                for round in 0..<Self.rounds * 20 {
                    kept.inc()
                    CounterChild(family._child1(0, "growing \(round)")).inc()
                    if round % 7 == 0 { family._remove1(0, "growing \(round)") }
                }
            }
            let reap: @Sendable (Stop) -> Void = { stop in
                while !stop.isSet {
                    let reaper = MultiprocessReaper(directory: folder)
                    _ = reaper.reapDeadSlots()
                    _ = reaper.archiveDeadSlots()
                }
            }
            let scrape: @Sendable (Stop) -> Void = { stop in
                let collector = MultiprocessCollector(directory: folder)
                var last = 0.0
                while !stop.isSet {
                    let sum = collector.collect().value(#"jobs_total{key="k"}"#) ?? 0
                    #expect(sum >= last)
                    last = sum
                    _ = lasting.collect()
                }
            }
            await Threads.together(lanes + [grow], beside: [reap, scrape, scrape])
            let snapshot = lasting.collect()
            #expect(snapshot.value(#"jobs_total{key="k"}"#) == Double(3 * Self.rounds * 2))
            #expect(snapshot.value(#"jobs_total{key="kept"}"#) == Double(Self.rounds * 20))
            #expect(kept.value == Double(Self.rounds * 20))
            #expect(snapshot.value(#"jobs_total{key="growing 7"}"#) == nil)
            try PythonPeer.expectReadable(folder)
        }
    }

    private static let descriptor = TestMetrics.counter(labels: [TestMetrics.open("key")], maxSeries: 100_000)

    private static func comeAndGo(_ folder: String, lane: Int) {
        for round in 0..<rounds {
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: descriptor)
            CounterChild(family._child1(0, "k")).inc()
            CounterChild(family._child1(0, "lane \(lane) round \(round)")).inc()
            GaugeChild(registry.family(for: TestMetrics.gauge(.livesum))._child0(0)).inc()
            CounterChild(family._child1(0, "k")).inc()
        }
    }
}
