/// How many series a metric can have, where every label is bounded.
package struct SeriesBudget: Sendable {
    /// The bound where a definition gives none.
    package static let standardLimit = 10_000

    /// The product of the labels' values, capped at `Int.max`.
    package let combinations: Int
    /// How they come about: `256 worker_id × 8 method = 2048 combinations`.
    package let formula: String

    /// `nil` where a label is open without a bound, or could not be read.
    package init?(_ metric: MetricDefinition, labelSets: LabelSetTable) {
        var product = 1
        var factors: [String] = []
        func multiply(_ count: Int, _ name: String) {
            let (value, overflow) = product.multipliedReportingOverflow(by: count)
            product = overflow ? .max : value
            factors.append("\(count) \(name)")
        }
        for label in metric.labels {
            guard let name = label.name?.value else { return nil }
            guard let count = Self.count(labelSets.resolve(label)) else { return nil }
            multiply(count, name)
        }
        if metric.type?.value == .stateset { multiply(metric.states?.count ?? 1, "states") }
        combinations = product
        formula = factors.joined(separator: " × ") + " = \(product == .max ? "countless" : "\(product)") combinations"
    }

    /// How many values a label can take.
    private static func count(_ label: LabelDefinition) -> Int? {
        if let values = label.values { return values.count + (label.other == nil ? 0 : 1) }
        if label.type?.value == .bool { return 2 }
        return label.maxValues?.value
    }
}
