#if SwiftMetrics
    import MetricsRuntime

    /// What swift-metrics has, by what becomes of it.
    enum MetricKind: Int, Sendable, Hashable, CaseIterable {
        /// Counters and floating-point counters.
        case counter
        /// Meters, gauges and recorders that do not aggregate.
        case gauge
        /// Recorders that aggregate.
        case recorder
        case timer

        /// The kind as it stands in help texts and names.
        var word: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .recorder: "recorder"
            case .timer: "timer"
            }
        }

        /// The types that a definition of it may have.
        var types: [MetricType] {
            switch self {
            case .counter: [.counter]
            case .gauge: [.gauge, .unknown]
            case .recorder, .timer: [.histogram, .summary]
            }
        }

        /// What ends the exposed name, before which nothing may come twice.
        func suffix(timersEndInSeconds: Bool) -> String {
            switch self {
            case .counter: "_total"
            case .timer: timersEndInSeconds ? "_seconds" : ""
            case .gauge, .recorder: ""
            }
        }
    }

    /// A metric of swift-metrics, but for its dimensions.
    struct MetricKey: Sendable, CustomStringConvertible {
        let kind: MetricKind
        let label: String

        var description: String { "\(kind.word) '\(label)'" }
    }
#endif
