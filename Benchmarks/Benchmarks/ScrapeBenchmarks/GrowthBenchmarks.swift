import Benchmark
import BenchmarkMetrics
import Measurement
import MetricsRuntime

/// The same work at growing sizes. scripts/growth.py draws it and prints the exponents.
///
/// Names are `growth: WHAT, SIZE UNIT`.
enum GrowthBenchmarks {
    static let seriesCounts = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
    static let fileCounts = [1, 10, 100, 1000]

    static func register() {
        for count in seriesCounts {
            // What a registry made stays for the life of the process: few turns of the largest.
            let iterations = count >= 1_000_000 ? 2 : count >= 100_000 ? 5 : 20
            TextBenchmarks.register(
                "growth: text, \(count) series",
                .text,
                .integral,
                series: count,
                iterations: iterations
            )
            registerMaking(count, iterations: iterations)
            registerFinding(count)
            CollectionBenchmarks.register(
                "growth: later collection of one file, \(count) series",
                files: 1,
                series: count,
                isFirst: false,
                iterations: iterations
            )
            CollectionBenchmarks.register(
                "growth: first collection of one file, \(count) series",
                files: 1,
                series: count,
                isFirst: true,
                iterations: iterations
            )
        }
        for count in fileCounts {
            CollectionBenchmarks.register(
                "growth: later collection of 100 series a file, \(count) files",
                files: count,
                series: 100,
                isFirst: false
            )
        }
    }

    /// All series of an empty registry in private memory, beside filling a dictionary with the same texts.
    private static func registerMaking(_ count: Int, iterations: Int) {
        nonisolated(unsafe) var keys: [String] = []
        Benchmark(
            "growth: making all series, \(count) series",
            configuration: Row.configuration(
                "growth: making all series, \(count) series",
                [.subject, .reference, .ratio],
                iterations: iterations
            )
        ) { benchmark in
            if keys.isEmpty { keys = (0..<count).map { "key-\($0)" } }
            let growing = Growing(registry: MetricsRegistry())
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in
                    var values: [String: Double] = [:]
                    for key in keys { values[key, default: 0] += 1 }
                    blackHole(values.count)
                },
                subject: { _ in
                    for key in keys { growing.inc(key: key) }
                }
            )
        }
    }

    /// One static-looking call each of series all over a family of that size, beside a dictionary's look-up.
    private static func registerFinding(_ count: Int) {
        let operations = 100_000
        nonisolated(unsafe) var prepared: (growing: Growing, keys: [String], values: [String: Double])?
        Benchmark(
            "growth: finding a series, \(count) series",
            configuration: Row.configuration(
                "growth: finding a series, \(count) series",
                [.subject, .reference, .ratio, .allocations],
                iterations: 20
            )
        ) { benchmark in
            if prepared == nil {
                let growing = Growing(registry: MetricsRegistry())
                var values: [String: Double] = [:]
                for index in 0..<count {
                    growing.inc(key: "key-\(index)")
                    values["key-\(index)"] = 1
                }
                // An order without a pattern over at most as many texts as the caches hold in any case.
                let keys = (0..<1024).map { "key-\($0 &* 7_919 % count)" }
                prepared = (growing, keys, values)
            }
            guard let (growing, keys, values) = prepared else { return }
            Row.compare(
                benchmark,
                operations: operations,
                reference: { operations in
                    var sum = 0.0
                    for index in 0..<operations { sum += values[keys[index & 1023], default: 0] }
                    blackHole(sum)
                },
                subject: { operations in
                    for index in 0..<operations { growing.inc(key: keys[index & 1023]) }
                }
            )
        }
    }
}
