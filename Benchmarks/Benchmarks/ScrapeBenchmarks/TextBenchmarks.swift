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
        for values in Values.allCases {
            registerComparison("openMetrics beside text, 100 000 series, \(values.rawValue)", values, series: 100_000)
        }
        registerFirstPiece("first 128 KiB of the text of 100 000 series", series: 100_000)
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

    /// OpenMetrics and text in turns.
    private static func registerComparison(_ name: String, _ values: Values, series: Int) {
        nonisolated(unsafe) var prepared: MetricSnapshot?
        nonisolated(unsafe) var texts: (text: [UInt8], openMetrics: [UInt8]) = ([], [])
        let figures: [Row.Figure] = [.subject, .reference, .ratio, .allocations]
        Benchmark(name, configuration: Row.configuration(name, figures, iterations: 30)) { benchmark in
            let made = prepared ?? snapshot(values, series: series)
            if prepared == nil {
                ExpositionFormat.text.encode(made, into: &texts.text)
                ExpositionFormat.openMetrics.encode(made, into: &texts.openMetrics)
            }
            prepared = made
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in
                    texts.text.removeAll(keepingCapacity: true)
                    ExpositionFormat.text.encode(made, into: &texts.text)
                    blackHole(texts.text.count)
                },
                subject: { _ in
                    texts.openMetrics.removeAll(keepingCapacity: true)
                    ExpositionFormat.openMetrics.encode(made, into: &texts.openMetrics)
                    blackHole(texts.openMetrics.count)
                }
            )
        }
    }

    /// The piece that an endpoint sends first, beside all of them: what comes later is made while that is on its way.
    private static func registerFirstPiece(_ name: String, series: Int) {
        nonisolated(unsafe) var prepared: MetricSnapshot?
        nonisolated(unsafe) var piece: [UInt8] = []
        let figures: [Row.Figure] = [.subject, .reference, .ratio, .allocations]
        Benchmark(name, configuration: Row.configuration(name, figures, iterations: 30)) { benchmark in
            let made = prepared ?? snapshot(.digits17, series: series)
            prepared = made
            piece.reserveCapacity(256 * 1024)
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in
                    var encoder = ExpositionEncoder(made, format: .text)
                    var isMore = true
                    while isMore {
                        piece.removeAll(keepingCapacity: true)
                        isMore = encoder.append(to: &piece, atLeast: 128 * 1024)
                    }
                    blackHole(piece.count)
                },
                subject: { _ in
                    var encoder = ExpositionEncoder(made, format: .text)
                    piece.removeAll(keepingCapacity: true)
                    blackHole(encoder.append(to: &piece, atLeast: 128 * 1024))
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
