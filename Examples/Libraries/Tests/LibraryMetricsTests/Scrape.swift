import Metrics
import MetricsRuntime
import SwiftMetricsBackend
import Testing

@testable import LibraryMetrics

/// What our endpoint would show of what libraries record.
struct Scrape {
    let registry: MetricsRegistry

    /// Gives the body a registry of its own, which everything that is made in it records into.
    static func with(_ body: @Sendable (Scrape) async throws -> Void) async throws {
        _ = bootstrapped
        try await MetricsRegistry.withIsolated { registry async throws in
            try await body(Scrape(registry: registry))
        }
    }

    /// Once for the process, as apps do.
    private static let bootstrapped: Void = {
        var configuration = MetricsBackendConfiguration(definitions: LibraryDefinitions.all)
        // What libraries record themselves, and nothing defines.
        configuration.metrics["reloadingfileprovider<jsonsnapshot>_file_size_bytes"] = MetricOptions(
            documentation: "Size of the configuration file",
            multiprocessMode: .mostrecent
        )
        do {
            MetricsSystem.bootstrap(try RegistryMetricsFactory(configuration: configuration))
        } catch {
            Issue.record(error)
        }
    }()

    /// The scrape as text.
    var text: String { String(decoding: ExpositionFormat.text.encode(registry.collect()), as: UTF8.self) }

    /// The value of a sample, once it is there: a library may record a moment after it answered.
    func value(_ sample: String, where holds: (Double) -> Bool = { _ in true }) async throws -> Double {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            if let value = registry.collect().value(sample), holds(value) { return value }
            try #require(ContinuousClock.now < limit, "\(sample) is not in:\n\(text)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
