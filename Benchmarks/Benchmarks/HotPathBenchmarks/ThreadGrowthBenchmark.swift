import Benchmark
import HotPath
import Measurement

/// What an update of one series takes as more threads make it: processor time of all threads, so that it does not matter
/// how many of them the machine runs at a time.
enum ThreadGrowthBenchmark {
    private static let operations = 200_000

    static func register() {
        for row in [ContendedRow.counter, .histogram] {
            for threads in [1, 2, 4, 8] {
                let name = "growth: updating one \(row.rawValue), \(threads) threads"
                Benchmark(
                    name,
                    configuration: Row.configuration(name, [.subject, .reference, .ratio], iterations: 50)
                ) { benchmark in
                    guard StoragePlace.files.use() else {
                        benchmark.error("the shared registry does not keep its values in files")
                        return
                    }
                    nonisolated(unsafe) let loop = row.loop()
                    let before = row.total
                    let one = ThreadGroup.processorTime(threads: 1) { loop(operations) }
                    let all = ThreadGroup.processorTime(threads: threads) { loop(operations) }
                    guard row.total - before == Double((threads + 1) * operations) else {
                        benchmark.error("updates were lost")
                        return
                    }
                    Row.record(benchmark, operations: operations, reference: one, subject: all / threads)
                }
            }
        }
    }
}
