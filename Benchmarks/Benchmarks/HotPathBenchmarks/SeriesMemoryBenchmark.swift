import Benchmark
import HotPath
import Measurement

/// What a series in private memory takes beside the text of its labels.
enum SeriesMemoryBenchmark {
    private static let series = 50_000

    static func register() {
        Benchmark(
            "memory of a series (memory)",
            configuration: Row.configuration("memory of a series (memory)", [.bytes], iterations: 5, seconds: 10)
        ) { benchmark in
            guard StoragePlace.memory.use() else {
                benchmark.error("the shared registry does not keep its values in memory")
                return
            }
            // The texts of the callers are there before and after.
            let made = NewSeries(turn: benchmark.currentIteration, count: series)
            made.make(1)
            let before = ResidentMemory.bytes
            made.make(series)
            let after = ResidentMemory.bytes
            withExtendedLifetime(made) {
                benchmark.measurement(
                    Row.Figure.bytes.metric(benchmark.name),
                    (after - before) * 1000 / series - made.labelTextLength * 1000 / series
                )
            }
            Row.finish(benchmark)
        }
    }
}
