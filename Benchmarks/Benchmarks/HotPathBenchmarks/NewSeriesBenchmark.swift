import Benchmark
import HotPath
import Measurement

/// A static call whose series does not exist yet, beside copying as many bytes as its entry has.
enum NewSeriesBenchmark {
    private static let seriesPerTurn = 2000

    static func register(_ place: StoragePlace) {
        Benchmark(
            "a new series (\(place.rawValue))",
            configuration: Row.configuration(
                "a new series (\(place.rawValue))",
                [.subject, .reference, .ratio],
                iterations: 100,
                seconds: 2
            )
        ) { benchmark in
            guard place.use() else {
                benchmark.error("the shared registry does not keep its values in \(place.rawValue)")
                return
            }
            let turn = NewSeries(turn: benchmark.currentIteration, count: seriesPerTurn)
            Row.compare(
                benchmark,
                operations: seriesPerTurn,
                reference: { turn.copyEntries($0) },
                subject: { turn.make($0) }
            )
        }
    }
}
