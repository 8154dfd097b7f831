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

    /// The name and value of every label, in the order of the labels.
    ///
    /// The first closed label is the most significant.
    func pairs(closed: UInt32, _ values: [[UInt8]]) -> [(name: String, value: [UInt8])] {
        var rest = Int(closed)
        var nextOpen = values.count
        var pairs: [(name: String, value: [UInt8])] = []
        for label in labels.reversed() {
            if let set = label.values {
                let count = max(set.count, 1)
                pairs.append((label.name, set.isEmpty ? [] : [UInt8](set[rest % count].utf8)))
                rest /= count
            } else {
                nextOpen -= 1
                pairs.append((label.name, values[nextOpen]))
            }
        }
        return pairs.reversed()
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
