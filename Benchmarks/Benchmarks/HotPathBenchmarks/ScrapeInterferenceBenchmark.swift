import Benchmark
import HotPath
import Measurement
import MetricsRuntime
import Synchronization

/// The slowest of a thousand updates while another thread scrapes, beside the same while nobody does.
///
/// Each update is timed on its own, so both figures hold the price of reading the clock; the counter has a thousand
/// other series around it, which the scrape reads and writes out.
enum ScrapeInterferenceBenchmark {
    private static let updates = 200_000

    static func register(_ place: StoragePlace) {
        let name = "p99.9 of an update during scrapes (\(place.rawValue))"
        Benchmark(
            name,
            configuration: Row.configuration(name, [.subject, .reference, .ratio], iterations: 40, seconds: 6)
        ) { benchmark in
            guard place.use() else {
                benchmark.error("the shared registry does not keep its values in \(place.rawValue)")
                return
            }
            if benchmark.currentIteration == 0 { NewSeries(turn: 0, count: 1000).make(1000) }
            nonisolated(unsafe) let loop = ContendedRow.lookup.loop()
            let figures = Figures()
            ThreadGroup.run([{ figures.quiet.store(percentile(loop), ordering: .relaxed) }])
            ThreadGroup.run([
                {
                    figures.busy.store(percentile(loop), ordering: .relaxed)
                    figures.isDone.store(true, ordering: .relaxed)
                },
                {
                    while !figures.isDone.load(ordering: .relaxed) {
                        _ = ExpositionFormat.text.encode(MetricsRegistry.shared.collect())
                    }
                },
            ])
            let (quiet, busy) = (figures.quiet.load(ordering: .relaxed), figures.busy.load(ordering: .relaxed))
            Row.record(benchmark, operations: 1, reference: quiet, subject: busy)
        }
    }

    /// What the threads have found.
    private final class Figures: Sendable {
        let quiet = Atomic(0)
        let busy = Atomic(0)
        let isDone = Atomic(false)
    }

    private static func percentile(_ loop: (Int) -> Void) -> Int {
        var times = [Int](repeating: 0, count: updates)
        for index in 0..<updates {
            let start = Clock.monotonicNanoseconds
            loop(1)
            times[index] = Clock.monotonicNanoseconds - start
        }
        times.sort()
        return times[updates * 999 / 1000]
    }
}
