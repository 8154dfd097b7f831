/// How many series a metric can have, where every label is bounded.
package struct SeriesBudget: Sendable {
    /// The bound where a definition gives none.
    package static let standardLimit = 10_000

    /// The product of the labels' values, capped at `Int.max`.
    package let combinations: Int
    private let metric: MetricDefinition
    private let labelSets: LabelSetTable

    /// `nil` where a label is open without a bound, or could not be read.
    package init?(_ metric: MetricDefinition, labelSets: LabelSetTable) {
        var product = 1
        func multiply(_ count: Int) {
            let (value, overflow) = product.multipliedReportingOverflow(by: count)
            product = overflow ? .max : value
        }
        for label in metric.labels {
            guard label.name != nil, let count = Self.count(labelSets.resolve(label)) else { return nil }
            multiply(count)
        }
        if metric.type?.value == .stateset { multiply(metric.states?.count ?? 1) }
        combinations = product
        self.metric = metric
        self.labelSets = labelSets
    }

    /// How they come about: `256 worker_id × 8 method = 2048 combinations`.
    package var formula: String {
        var factors = metric.labels.map { label in
            "\(Self.count(labelSets.resolve(label)) ?? 0) \(label.name?.value ?? "")"
        }
        if metric.type?.value == .stateset { factors.append("\(metric.states?.count ?? 1) states") }
        let product = combinations == .max ? "countless" : "\(combinations)"
        return factors.joined(separator: " × ") + " = \(product) combinations"
    }

    /// How many values a label can take.
    private static func count(_ label: LabelDefinition) -> Int? {
        if let values = label.values { return values.count + (label.other == nil ? 0 : 1) }
        if label.type?.value == .bool { return 2 }
        return label.maxValues?.value
    }
}
