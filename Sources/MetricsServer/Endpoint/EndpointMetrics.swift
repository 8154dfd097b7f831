import MetricsRuntime

/// What the endpoint knows about itself, exposed with the next scrape.
///
/// Kept beside the app's registry, not in it: numbers of one endpoint are not to be added up over processes.
final class EndpointMetrics: Sendable {
    /// Why a scrape was not answered.
    enum Refusal: String, CaseIterable {
        /// As many as may run were running.
        case inFlight = "in_flight"
        /// Collecting took longer than it may.
        case timeout
        /// More clients were connected than may be.
        case connections
        /// A client was not who it must be, or asked more often than it may.
        case access
    }

    /// What went wrong with a scrape.
    enum Failure: String, CaseIterable {
        /// Something that collects threw an error.
        case collecting
        /// A family has a name that another one has already; it is left out.
        case nameCollision = "name_collision"
        /// A collector gave two series of one family the same labels; the second is left out.
        case duplicateSeries = "duplicate_series"
        /// The client was gone, or too slow, before it had everything.
        case sending
        /// The body could not be compressed.
        case encoding
    }

    private struct Histogram {
        let bounds: [Double]
        var counts: [Double]
        var sum = 0.0

        init(_ bounds: [Double]) {
            self.bounds = bounds
            counts = Array(repeating: 0, count: bounds.count + 1)
        }

        mutating func observe(_ value: Double) {
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
            sum += value
        }

        func family(_ name: String, _ documentation: String, unit: String) -> MetricFamily {
            var family = MetricFamily(name: name, type: .histogram, documentation: documentation, unit: unit)
            let buckets = zip(bounds + [.infinity], counts).map { MetricFamily.Bucket(upperBound: $0, count: $1) }
            family.addHistogram(buckets: buckets, sum: sum)
            return family
        }
    }

    private struct State {
        var duration = Histogram([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
        var size = Histogram([1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864])
        var inFlight = 0
        var refusals: [Refusal: Double] = [:]
        var failures: [Failure: Double] = [:]
    }

    private let lock = Lock()
    private nonisolated(unsafe) var state = State()

    /// Counts one scrape more as running, unless that many are.
    func begin(limit: Int) -> Bool {
        lock.withLock {
            guard state.inFlight < limit else {
                state.refusals[.inFlight, default: 0] += 1
                return false
            }
            state.inFlight += 1
            return true
        }
    }

    /// Counts one scrape less as running.
    func end() {
        lock.withLock { state.inFlight -= 1 }
    }

    /// How many scrapes run.
    var inFlight: Int { lock.withLock { state.inFlight } }

    func refused(_ refusal: Refusal) {
        lock.withLock { state.refusals[refusal, default: 0] += 1 }
    }

    func failed(_ failure: Failure, count: Int = 1) {
        guard count > 0 else { return }
        lock.withLock { state.failures[failure, default: 0] += Double(count) }
    }

    /// Takes a scrape down that was answered to its end.
    func finished(seconds: Double, bytes: Int) {
        lock.withLock {
            state.duration.observe(seconds)
            state.size.observe(Double(bytes))
        }
    }

    var families: [MetricFamily] {
        let state = lock.withLock { self.state }
        var inFlight = MetricFamily(
            name: "metrics_scrapes_in_flight",
            type: .gauge,
            documentation: "Scrapes that this endpoint is answering, this one among them"
        )
        inFlight.addSeries(value: Double(state.inFlight))
        var refused = MetricFamily(
            name: "metrics_scrapes_refused",
            type: .counter,
            documentation: "Requests that this endpoint refused, by reason"
        )
        for reason in Refusal.allCases {
            refused.addSeries(labels: [("reason", reason.rawValue)], value: state.refusals[reason] ?? 0)
        }
        var failed = MetricFamily(
            name: "metrics_scrape_failures",
            type: .counter,
            documentation: "What went wrong in scrapes of this endpoint, by reason"
        )
        for reason in Failure.allCases {
            failed.addSeries(labels: [("reason", reason.rawValue)], value: state.failures[reason] ?? 0)
        }
        return [
            state.duration.family(
                "metrics_scrape_duration_seconds",
                "How long scrapes took, from collecting to the last byte handed to the network",
                unit: "seconds"
            ),
            state.size.family(
                "metrics_scrape_size_bytes",
                "How long the bodies of scrapes were, before compression",
                unit: "bytes"
            ),
            inFlight, refused, failed,
        ]
    }
}
