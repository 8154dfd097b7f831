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
        var families: [MetricFamily] = []
        var successes = 0
        var lastError: (any Error)?
        do {
            families = try await collect().families
            successes += 1
        } catch {
            lastError = try failed(error, in: "the app's metrics")
        }
        for collector in collectors {
            do {
                families += try await collector.collect()
                successes += 1
            } catch {
                lastError = try failed(error, in: "\(type(of: collector))")
            }
        }
        if successes == 0, let lastError { throw Failed(error: lastError) }
        var snapshot = MetricSnapshot()
        var names = FamilyNameClaims()
        let refused = names.append(families, to: &snapshot.families)
        let duplicates = families.filter { $0.duplicateSeries > 0 }
        metrics.failed(.nameCollision, count: refused.count)
        metrics.failed(.duplicateSeries, count: duplicates.reduce(0) { $0 + $1.duplicateSeries })
        if !refused.isEmpty {
            logger.warning("families left out: another one has their name", metadata: ["names": "\(refused)"])
        }
        for family in duplicates {
            logger.warning(
                "series left out: others have their labels",
                metadata: ["family": "\(family.name)", "count": "\(family.duplicateSeries)"]
            )
        }
        // Last, so that it tells of this scrape too.
        if exposesItself {
            metrics.failed(.nameCollision, count: names.append(metrics.families, to: &snapshot.families).count)
        }
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
}
