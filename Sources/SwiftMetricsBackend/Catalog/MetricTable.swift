#if SwiftMetrics
    import MetricsRuntime

    /// The metrics of one registry by kind and label, and the plans for the dimensions that they were used with.
    ///
    /// Guarded by the structure lock, which `fork()` finds open; held for a look-up and nothing else.
    final class MetricTable: @unchecked Sendable {
        /// Beyond as many, plans are made anew at each call: dimension names that come from data must not fill memory.
        private static let mostPlans = 64

        private final class Entry {
            let metric: RecordedMetric
            var plans: [LabelPlan] = []

            init(_ metric: RecordedMetric) { self.metric = metric }
        }

        /// By kind, then by label.
        private var entries = [[String: Entry]](repeating: [:], count: MetricKind.allCases.count)

        /// The plan for a metric and dimensions of these names, if there is one.
        func plan(_ key: MetricKey, _ dimensions: [(String, String)]) -> LabelPlan? {
            StructureLock.withLock {
                guard let entry = entries[key.kind.rawValue][key.label] else { return nil }
                for plan in entry.plans where plan.fits(dimensions) { return plan }
                return nil
            }
        }

        func metric(_ key: MetricKey) -> RecordedMetric? {
            StructureLock.withLock { entries[key.kind.rawValue][key.label]?.metric }
        }

        /// Adds a metric, unless another thread was faster; what is in the table then.
        func add(_ metric: RecordedMetric, for key: MetricKey) -> RecordedMetric {
            StructureLock.withLock {
                if let known = entries[key.kind.rawValue][key.label] { return known.metric }
                entries[key.kind.rawValue][key.label] = Entry(metric)
                return metric
            }
        }

        func add(_ plan: LabelPlan, for key: MetricKey) {
            StructureLock.withLock {
                guard let entry = entries[key.kind.rawValue][key.label], entry.plans.count < Self.mostPlans,
                    !entry.plans.contains(where: { $0.names == plan.names })
                else { return }
                entry.plans.append(plan)
            }
        }
    }
#endif
