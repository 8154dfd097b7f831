/// The names of a family and its samples.
struct SeriesText {
    /// A label of one series.
    struct Label: Hashable {
        let name: String
        let value: String
    }

    /// The family's name in file keys: without `_total` for a counter.
    let familyName: String
    private let descriptor: MetricDescriptor
    private let constantLabels: [Label]

    init(_ descriptor: MetricDescriptor) {
        self.descriptor = descriptor
        familyName =
            switch descriptor.type {
            case .counter where descriptor.name.hasSuffix("_total"): String(descriptor.name.dropLast("_total".count))
            case .info where !descriptor.name.hasSuffix("_info"): descriptor.name + "_info"
            default: descriptor.name
            }
        constantLabels = descriptor.constantLabels.map { Label(name: $0.key, value: $0.value) }
    }

    /// The family's name in a snapshot: without `_info` for an info too.
    var exposedFamilyName: String {
        descriptor.type == .info ? String(familyName.dropLast("_info".count)) : familyName
    }

    /// One sample of a series: its name and the labels that only it has.
    struct Sample {
        let name: String
        let bound: Double?
    }

    /// The samples of every series, in the order in which their cells are made.
    var samples: [Sample] {
        switch descriptor.type {
        case .counter: [Sample(name: familyName + "_total", bound: nil)]
        case .gauge, .info, .stateset, .unknown: [Sample(name: familyName, bound: nil)]
        case .summary: [Sample(name: familyName + "_count", bound: nil), Sample(name: familyName + "_sum", bound: nil)]
        case .histogram:
            [Sample(name: familyName + "_sum", bound: nil)]
                + (descriptor.buckets + [.infinity]).map { Sample(name: familyName + "_bucket", bound: $0) }
        }
    }

    /// All labels of a series sorted by the bytes of their names, as Python's client sorts them.
    func sorted(_ pairs: [(name: String, value: String)]) -> [Label] {
        let labels = constantLabels + pairs.map { Label(name: $0.name, value: $0.value) }
        return MultiprocessKey.sortedByCodePoint(labels.map { (name: $0.name, value: $0.value) })
            .map { Label(name: $0.name, value: $0.value) }
    }

    /// The labels of one sample: those of its series, and `le` where it is a bucket.
    static func insert(_ bound: Double?, into labels: [Label]) -> [(name: String, value: String)] {
        var pairs = labels.map { (name: $0.name, value: $0.value) }
        if let bound { pairs.append((name: "le", value: FloatText.string(bound, .python))) }
        return MultiprocessKey.sortedByCodePoint(pairs)
    }
}
