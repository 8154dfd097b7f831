internal import BenchmarkMetrics
internal import MetricsRuntime

/// What two threads update at once.
public enum ContendedRow: String, CaseIterable, Sendable {
    case counter
    case histogram
    case lookup = "static call, 1 open label"

    /// The loop that each thread runs.
    public func loop() -> HotPathRow.Loop {
        switch self {
        case .counter: HotPathRow.increments(Plain.labels())
        case .histogram: HotPathRow.observations(Latency.labels())
        case .lookup:
            {
                let route = HotPathRow.opaque(["/users"])[0]
                return { count in
                    for _ in 0..<count { OneOpen.inc(route: route) }
                }
            }()
        }
    }

    /// How many updates the series has seen.
    public var total: Double {
        switch self {
        case .counter: Plain.labels().value
        case .histogram: Latency.labels().count
        case .lookup: OneOpen.labels(route: "/users").value
        }
    }
}
