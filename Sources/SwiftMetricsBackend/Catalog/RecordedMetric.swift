#if SwiftMetrics
    import MetricsRuntime

    /// A metric of swift-metrics under the name that it got.
    struct RecordedMetric: Sendable {
        /// The label of what is past the bound on sets of labels.
        private static let overflowLabel = "dimensions_overflow"
        /// Labels that mean something in every metric, or in those of some types; kept out everywhere, so that a
        /// label is called the same whatever the type.
        private static let reserved: Set<String> = ["le", "quantile", overflowLabel]

        /// What all its families share.
        let descriptor: MetricDescriptor
        private let maxLabelSets: Int
        private let facts: MetricFacts
        private let reserved: Set<String>

        init(_ descriptor: MetricDescriptor, maxLabelSets: Int) {
            self.descriptor = descriptor
            self.maxLabelSets = maxLabelSets
            facts = MetricFacts(descriptor)
            var reserved = Self.reserved.union(descriptor.constantLabels.keys)
            let isGauge = descriptor.type == .gauge || descriptor.type == .unknown
            if isGauge, descriptor.multiprocessMode.isPerProcess { reserved.insert("pid") }
            self.reserved = reserved
        }

        /// How dimensions of these names become labels.
        func makePlan(_ names: [String], in registry: MetricsRegistry) -> LabelPlan {
            let merged = MergedDimensions(names, reserved: reserved)
            let family =
                registry.family(named: descriptor.name, labels: labelNames(merged), atMost: maxLabelSets)
                ?? registry.overflowFamily(named: descriptor.name, label: Self.overflowLabel)
                // Not reached, since the name was claimed; a family of the same type in any case.
                ?? registry.family(for: descriptor)
            return LabelPlan(names: names, merged: merged, family: family, facts: facts)
        }

        /// All labels of the definition where the dimensions are some of them and the others may be empty; else those
        /// that the dimensions make.
        private func labelNames(_ merged: MergedDimensions) -> [String] {
            let given = Set(merged.places.keys)
            let declared = Set(descriptor.labelNames)
            let canBeEmpty = descriptor.labels.allSatisfy { $0.values == nil || given.contains($0.name) }
            return given.isSubset(of: declared) && canBeEmpty ? descriptor.labelNames : Array(given)
        }
    }
#endif
