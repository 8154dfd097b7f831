import Foundation
import MetricsRuntime
import Testing

/// The tests take the place of a thread that lost its processor in the middle of an observation, with its lock.
extension ShardTests {
    /// Observations of 5 and of 2 of which one half is done.
    private struct HalfDone: Sendable {
        nonisolated(unsafe) let histogram: _Ledger
        nonisolated(unsafe) let summary: _Ledger

        init(in series: Series) {
            histogram = series.histogram.record.pointee.observation.pointee.ledger
            summary = series.summary.record.pointee.observation.pointee.ledger
            #expect(histogram._tryLock() && summary._tryLock())
            // The bucket up to 10, and the summary's count.
            histogram._add(3, 1)
            summary._add(0, 1)
        }

        func resume() {
            histogram._add(0, 5)
            histogram._unlock()
            summary._add(1, 2)
            summary._unlock()
        }
    }

    /// A condition that one thread waits for, so long that only a defect takes longer.
    private static func waits(for condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard ContinuousClock.now < deadline else { return false }
            sched_yield()
        }
        return true
    }

    @Test("A thread that is stopped in the middle of an observation holds up no other", arguments: [false, true])
    func stoppedThread(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, folder in
            let series = scene.series
            let stopped = HalfDone(in: series)
            let finished = (0..<4).map { _ in Stop() }
            let counting = finished.map { finished in
                { @Sendable in
                    series.count(400)
                    finished.set()
                }
            }
            let judging: @Sendable () -> Void = {
                #expect(Self.waits { finished.allSatisfy { $0.isSet } })
                #expect(HistogramChild(series.histogram).count == 1601)
                #expect(SummaryChild(series.summary).count == 1601)
                stopped.resume()
            }
            await Threads.together(counting + [judging])
            #expect(series.histogram.record._shardCount >= 1 && series.summary.record._shardCount >= 1)
            // With the one that was stopped, and three that make four of them.
            for value in [0.05, 0.5, 50] { HistogramChild(series.histogram).observe(value) }
            for _ in 0..<3 { SummaryChild(series.summary).observe(2) }
            CounterChild(series.counter).inc(by: 4)
            scene.expect(1604)
            guard inFiles, PythonPeer.isPresent else { return }
            let text = try PythonPeer.collect(folder)
            #expect(text.contains("wait_seconds_count 1604.0\n"), "\(text)")
            #expect(text.contains("size_bytes_sum 3208.0\n"), "\(text)")
        }
    }

    @Test("Beside a thread that makes something, an observation goes on as soon as the one before it has ended")
    func stoppedMaker() async throws {
        try await Self.withScene(true) { scene, _ in
            let series = scene.series
            let stopped = HalfDone(in: series)
            let isMaking = Stop()
            let isBegun = Stop()
            let isCounted = Stop()
            await Threads.together([
                {
                    StructureLock.withLock {
                        isMaking.set()
                        #expect(Self.waits { isCounted.isSet })
                    }
                },
                {
                    #expect(Self.waits { isMaking.isSet })
                    isBegun.set()
                    HistogramChild(series.histogram).observe(0.05)
                    SummaryChild(series.summary).observe(2)
                    isCounted.set()
                },
                {
                    #expect(Self.waits { isBegun.isSet })
                    stopped.resume()
                },
            ])
            #expect(series.histogram.record._shardCount == 0)
            #expect(HistogramChild(series.histogram).count == 2 && HistogramChild(series.histogram).sum == 5.05)
            #expect(SummaryChild(series.summary).count == 2 && SummaryChild(series.summary).sum == 4)
        }
    }

    @Test("Where there is no room for a shard, an observation waits for the one before it", arguments: [false, true])
    func noRoom(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, _ in
            let series = scene.series
            for family in [TestMetrics.histogram(), TestMetrics.summary] {
                scene.registry.family(for: family)._remove0(0)
            }
            let stopped = HalfDone(in: series)
            let isCounted = Stop()
            await Threads.together([
                {
                    HistogramChild(series.histogram).observe(0.05)
                    isCounted.set()
                },
                {
                    for _ in 0..<1000 { sched_yield() }
                    #expect(!isCounted.isSet)
                    stopped.resume()
                },
            ])
            #expect(HistogramChild(series.histogram).count == 2 && HistogramChild(series.histogram).sum == 5.05)
        }
    }
}
