/// How many series a metric can have in one process.
///
/// Once an open label has its 'max_values', new values of it become the one value `__overflow__`, each label for itself;
/// so such a label takes one value more than its bound.
package struct SeriesBudget: Sendable {
    /// The bound where a definition gives none.
    package static let standardLimit = 10_000

    /// The product of the labels' values, capped at `Int.max`; `nil` where a label is open without a bound, or could not
    /// be read.
    package let combinations: Int?
    /// Those combinations in which every open label reads `__overflow__`: one for each choice of closed labels, none where
    /// no label is open. 'max_series' does not count them, since they stand for what comes after it.
    package let overflowSeries: Int
    private let metric: MetricDefinition
    private let labelSets: LabelSetTable

    package init(_ metric: MetricDefinition, labelSets: LabelSetTable) {
        var product: Int? = 1
        var closed = 1
        var isOpen = false
        for label in metric.labels {
            let label = labelSets.resolve(label)
            let values = label.name == nil ? nil : Values(label)
            product = product.flatMap { product in values?.count.map { Self.product(product, $0) } }
            if case .closed(let count) = values {
                closed = Self.product(closed, count)
            } else {
                isOpen = true
            }
        }
        if metric.type?.value == .stateset {
            let states = metric.states?.count ?? 1
            product = product.map { Self.product($0, states) }
            closed = Self.product(closed, states)
        }
        combinations = product
        overflowSeries = isOpen ? closed : 0
        self.metric = metric
        self.labelSets = labelSets
    }

    /// Whether the labels have more combinations than 'max_series' lets a process make.
    package func exceeds(maxSeries: Int) -> Bool {
        combinations.map { $0 == .max || $0 - overflowSeries > maxSeries } ?? false
    }

    /// How they come about: `8 method × (200 + 1) queue = 1608 combinations`, where the 1 is `__overflow__`.
    package var formula: String {
        var factors = metric.labels.map { label in
            let label = labelSets.resolve(label)
            return "\(Values(label).factor) \(label.name?.value ?? "")"
        }
        if metric.type?.value == .stateset { factors.append("\(metric.states?.count ?? 1) states") }
        let count = combinations.map { $0 == .max ? "countless" : "\($0)" } ?? "countless"
        return factors.joined(separator: " × ") + " = \(count) combinations"
    }

    /// What one label can say.
    private enum Values {
        case closed(Int)
        case open(Int?)

        init(_ label: LabelDefinition) {
            if let values = label.values {
                self = .closed(values.count + (label.other == nil ? 0 : 1))
            } else if label.type?.value == .bool {
                self = .closed(2)
            } else {
                self = .open(label.maxValues?.value)
            }
        }

        /// How many values there are, that of the overflow included.
        var count: Int? {
            switch self {
            case .closed(let count): count
            case .open(let bound): bound.map { $0 == .max ? .max : $0 + 1 }
            }
        }

        var factor: String {
            switch self {
            case .closed(let count): "\(count)"
            case .open(let bound): bound.map { "(\($0) + 1 __overflow__)" } ?? "any"
            }
        }
    }

    private static func product(_ left: Int, _ right: Int) -> Int {
        let (value, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : value
    }
}
