import Benchmark
import HotPath
import Measurement
import MetricsRuntime

// Each benchmark runs in a process of its own, so each may say where the shared registry keeps its values.
let benchmarks: @Sendable () -> Void = {
    for place in StoragePlace.allCases {
        for row in HotPathRow.all {
            Benchmark(
                "\(row.name) (\(place.rawValue))",
                configuration: Row.configuration(
                    "\(row.name) (\(place.rawValue))",
                    [.subject, .reference, .ratio, .allocations],
                    iterations: 200,
                    seconds: 2
                )
            ) { benchmark in
                guard let loops = HotPathLoops.prepared(row, in: place) else {
                    benchmark.error("the shared registry does not keep its values in \(place.rawValue)")
                    return
                }
                Row.compare(
                    benchmark,
                    operations: 100_000,
                    reference: loops.reference,
                    subject: loops.subject
                )
            }
        }
        NewSeriesBenchmark.register(place)
        ScrapeInterferenceBenchmark.register(place)
        for row in ContendedRow.allCases { ContentionBenchmark.register(row, place) }
    }
    SeriesMemoryBenchmark.register()
    RegistrationBenchmark.register()
    ThreadGrowthBenchmark.register()
}
