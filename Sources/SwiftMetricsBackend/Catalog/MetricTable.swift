#if SwiftMetrics
    import MetricsRuntime

    /// The metrics of one registry by kind and label, and the plans for the dimensions that they were used with.
    ///
    /// Guarded by the structure lock, which `fork()` finds open; held for a look-up and nothing else.
    final class MetricTable: @unchecked Sendable {
        /// Beyond as many, plans are made anew at each call: dimension names that come from data must not fill memory.
        private static let mostPlans = 64

        private struct Entry {
            let metric: RecordedMetric
            var plans: [LabelPlan] = []
        }

        private var entries: [MetricKey: Entry] = [:]

        /// The plan for a metric and dimensions of these names, if there is one.
        func plan(_ key: MetricKey, _ dimensions: [(String, String)]) -> LabelPlan? {
            StructureLock.withLock { entries[key]?.plans.first { $0.fits(dimensions) } }
        }

        func metric(_ key: MetricKey) -> RecordedMetric? {
            StructureLock.withLock { entries[key]?.metric }
        }

        /// Adds a metric, unless another thread was faster; what is in the table then.
        func add(_ metric: RecordedMetric, for key: MetricKey) -> RecordedMetric {
            StructureLock.withLock {
                if let known = entries[key] { return known.metric }
                entries[key] = Entry(metric: metric)
                return metric
            }
        }

        func add(_ plan: LabelPlan, for key: MetricKey) {
            StructureLock.withLock {
                guard let plans = entries[key]?.plans, plans.count < Self.mostPlans,
                    !plans.contains(where: { $0.names == plan.names })
                else { return }
                entries[key]?.plans.append(plan)
            }
        }
    }
#endif
