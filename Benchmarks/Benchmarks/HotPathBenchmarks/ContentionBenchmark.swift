import Benchmark
import HotPath
import Measurement

/// Two threads on one series beside one thread on it: how much more two get done, and that nothing is lost.
///
/// Turns count in which two threads that have nothing in common get twice as much done as one. In others the two
/// processors are hardware threads of one core, which a virtual machine does not say, and may become from turn to turn.
enum ContentionBenchmark {
    private static let operations = 200_000

    static func register(_ row: ContendedRow, _ place: StoragePlace) {
        Benchmark(
            "two threads on one series: \(row.rawValue) (\(place.rawValue))",
            configuration: Row.configuration(
                "two threads on one series: \(row.rawValue) (\(place.rawValue))",
                [.subject, .reference, .ratio, .allocations],
                iterations: 200,
                seconds: 4
            )
        ) { benchmark in
            guard place.use() else {
                benchmark.error("the shared registry does not keep its values in \(place.rawValue)")
                return
            }
            nonisolated(unsafe) let loop = row.loop()
            let before = row.total
            let one = ThreadGroup.run(threads: 1) { loop(operations) }
            let two = ThreadGroup.run(threads: 2) { loop(operations) }
            guard row.total - before == Double(3 * operations) else {
                benchmark.error("updates were lost: \(row.total - before) of \(3 * operations) are there")
                return
            }
            guard let one, let two, Arithmetic.scalesToTwoThreads(operations) else { return }
            // Time of an update over all threads: half the wall clock's, where two run without hindrance.
            Row.record(benchmark, operations: operations * 2, reference: one * 2, subject: two)
        }
    }
}
