#if SwiftMetrics
    import MetricsRuntime

    /// The metrics that were made through one factory, by registry.
    final class MetricCatalog: Sendable {
        private let configuration: ResolvedConfiguration
        /// Those of the factory's own registry, or of the shared one.
        private let home = MetricTable()

        init(_ configuration: ResolvedConfiguration) {
            self.configuration = configuration
        }

        /// The series of a metric with these dimensions, made if there is none.
        ///
        /// - Parameter fixed: The registry, or `nil` for the current one.
        func series(
            _ key: MetricKey,
            _ dimensions: [(String, String)],
            in fixed: MetricsRegistry?
        ) -> RecordedSeries {
            let registry = fixed ?? MetricsRegistry.current
            let table = fixed != nil || registry === MetricsRegistry.shared ? home : attachedTable(registry)
            // An empty value is no label for Prometheus: such a series would be the same as one without it.
            let dimensions =
                dimensions.contains { $0.1.isEmpty } ? dimensions.filter { !$0.1.isEmpty } : dimensions
            if let plan = table.plan(key, dimensions) { return plan.series(dimensions) }
            let metric = table.metric(key) ?? table.add(configuration.metric(key, in: registry), for: key)
            let plan = metric.makePlan(dimensions.map(\.0), in: registry)
            table.add(plan, for: key)
            return plan.series(dimensions)
        }

        private func attachedTable(_ registry: MetricsRegistry) -> MetricTable {
            registry.attachment(for: ObjectIdentifier(self)) { AttachedTable(owner: self) }.table
        }

        /// A table that lives as long as its registry, and keeps alive whose it is.
        private final class AttachedTable: Sendable {
            let table = MetricTable()
            private let owner: MetricCatalog

            init(owner: MetricCatalog) { self.owner = owner }
        }
    }
#endif
