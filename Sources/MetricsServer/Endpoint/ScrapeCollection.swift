import Logging
import MetricsRuntime

/// Everything that one scrape of an endpoint exposes: the app's metrics, those of collectors, and the endpoint's own.
struct ScrapeCollection: Sendable {
    /// Collecting failed, and the policy has nothing served then.
    struct Failed: Error, CustomStringConvertible {
        let error: any Error
        var description: String { "Collecting the metrics failed: \(error)" }
    }

    let collect: MetricsHandler.Collect
    let collectors: [any MetricCollector]
    let errorPolicy: CollectorErrorPolicy
    let exposesItself: Bool
    let metrics: EndpointMetrics
    let logger: Logger

    /// The families as they are now.
    ///
    /// - Throws: `CancellationError`, or ``Failed``.
    func snapshot() async throws -> MetricSnapshot {
        var snapshot = MetricSnapshot()
        var successes = 0
        var lastError: (any Error)?
        do {
            snapshot = try await collect()
            successes += 1
        } catch {
            lastError = try failed(error, in: "the app's metrics")
        }
        for collector in collectors {
            do {
                add(try await collector.collect(), to: &snapshot)
                successes += 1
            } catch {
                lastError = try failed(error, in: "\(type(of: collector))")
            }
        }
        if successes == 0, let lastError { throw Failed(error: lastError) }
        if exposesItself { add(metrics.families, to: &snapshot) }
        return snapshot
    }

    /// Counts and logs an error, and throws it on where the policy wants that.
    private func failed(_ error: any Error, in source: String) throws -> any Error {
        if error is CancellationError { throw error }
        metrics.failed(.collecting)
        logger.error("collecting metrics failed", metadata: ["source": "\(source)", "error": "\(error)"])
        if errorPolicy == .failScrape { throw Failed(error: error) }
        return error
    }

    private func add(_ families: [MetricFamily], to snapshot: inout MetricSnapshot) {
        let refused = snapshot.append(families)
        metrics.failed(.nameCollision, count: refused.count)
        if !refused.isEmpty {
            logger.warning("families left out: another one has their name", metadata: ["names": "\(refused)"])
        }
    }
}
