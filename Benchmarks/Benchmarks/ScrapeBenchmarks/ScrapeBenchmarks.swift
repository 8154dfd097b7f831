import Benchmark
import Measurement
import MetricsRuntime

// Each benchmark runs in a process of its own; the directory of the first is there for the next.
let benchmarks: @Sendable () -> Void = {
    CollectionBenchmarks.register()
    TextBenchmarks.register()
    GrowthBenchmarks.register()
}
