import Benchmark
import BenchmarkMetrics
import Measurement
import MetricsRuntime

/// A snapshot as bytes, in every format that there is, beside copying the finished bytes.
enum TextBenchmarks {
    /// What the samples' values look like: how many digits a number has decides what writing it takes.
    enum Values: String, CaseIterable {
        case integral
        case digits17 = "17 digits"

        func value(_ index: Int) -> Double {
            switch self {
            case .integral: Double(index * 7919 % 1_000_003)
            // Sums of tenths and thirds: all 17 digits are needed to tell them from their neighbours.
            case .digits17: Double(index) * 0.1 + 1.0 / 3.0
            }
        }
    }

    static func register() {
        for format in ExpositionFormat.allCases {
            for values in Values.allCases {
                register("\(format) of 100 000 series, \(values.rawValue)", format, values, series: 100_000)
            }
        }
    }

    /// Registers one row.
    static func register(
        _ name: String,
        _ format: ExpositionFormat,
        _ values: Values,
        series: Int,
        iterations: Int = 30
    ) {
        nonisolated(unsafe) var prepared: (snapshot: MetricSnapshot, finished: [UInt8])?
        nonisolated(unsafe) var text: [UInt8] = []
        nonisolated(unsafe) var copy: [UInt8] = []
        Benchmark(
            name,
            configuration: Row.configuration(
                name,
                [.subject, .reference, .ratio, .allocations],
                iterations: iterations
            )
        ) { benchmark in
            if prepared == nil {
                let snapshot = snapshot(values, series: series)
                prepared = (snapshot, format.encode(snapshot))
            }
            guard let (snapshot, finished) = prepared else { return }
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in
                    copy.removeAll(keepingCapacity: true)
                    copy.append(contentsOf: finished)
                    blackHole(copy.count)
                },
                subject: { _ in
                    text.removeAll(keepingCapacity: true)
                    format.encode(snapshot, into: &text)
                    blackHole(text.count)
                }
            )
        }
    }

    private static func snapshot(_ values: Values, series: Int) -> MetricSnapshot {
        let registry = MetricsRegistry()
        let requests = HTTPRequests(registry: registry)
        for index in 0..<series {
            requests.inc(
                by: values.value(index),
                method: index.isMultiple(of: 2) ? .get : .post,
                path: "/api/v1/item/\(index / 2)",
                code: "200"
            )
        }
        return registry.collect()
    }
}
