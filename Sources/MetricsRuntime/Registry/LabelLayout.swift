/// How the labels of a metric become an index over its closed sets and a list of open values.
struct LabelLayout {
    let labels: [MetricDescriptor.Label]
    /// The open labels, in order.
    let open: [MetricDescriptor.Label]
    /// The product of the sizes of the closed sets; 1 where there is none.
    let closedCount: Int

    init(_ labels: [MetricDescriptor.Label]) {
        self.labels = labels
        open = labels.filter { $0.values == nil }
        var product = 1
        for label in labels {
            guard let values = label.values else { continue }
            let (next, overflow) = product.multipliedReportingOverflow(by: max(values.count, 1))
            product = overflow ? Int(UInt32.max) : min(next, Int(UInt32.max))
        }
        closedCount = product
    }

    var openCount: Int { open.count }

    /// The value that a closed label has under an index over the closed labels.
    ///
    /// The first closed label is the most significant.
    func closedValue(of label: Int, closed: UInt32) -> String {
        var rest = Int(closed)
        for later in labels[(label + 1)...].reversed() {
            if let set = later.values { rest /= max(set.count, 1) }
        }
        guard let set = labels[label].values, !set.isEmpty else { return "" }
        return set[rest % set.count]
    }

    /// The name and value of every label, in the order of the labels.
    func pairs(closed: UInt32, _ values: some OpenLabelValues) -> [(name: String, value: String)] {
        var open: [String] = []
        _ = values.allSatisfy { value in
            open.append(value.text)
            return true
        }
        return labels.indices.map { index in
            if labels[index].values != nil { return (labels[index].name, closedValue(of: index, closed: closed)) }
            return (labels[index].name, open.removeFirst())
        }
    }

    /// The index and the open values for one value a label; `nil` if the number is wrong or a closed set lacks one.
    ///
    /// A value outside a closed set falls to its last one where that is `other`, whatever the case.
    func split(_ values: [String]) -> (closed: UInt32, open: [String])? {
        guard values.count == labels.count else { return nil }
        var closed = 0
        var open: [String] = []
        for (label, value) in zip(labels, values) {
            guard let set = label.values else {
                open.append(value)
                continue
            }
            guard let index = set.firstIndex(of: value) ?? Self.other(in: set) else { return nil }
            closed = closed * set.count + index
        }
        guard let index = UInt32(exactly: closed) else { return nil }
        return (index, open)
    }

    private static func other(in set: [String]) -> Int? {
        guard let last = set.last, last.lowercased() == "other" else { return nil }
        return set.count - 1
    }
}
