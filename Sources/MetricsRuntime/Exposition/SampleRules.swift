/// What OpenMetrics asks of single samples and text 0.0.4 doesn't: a parser refuses the whole exposition otherwise.
struct SampleRules {
    /// How a sample is written.
    enum Kind {
        /// As any number.
        case value
        /// As a whole number without a point: a bucket or a number of observations.
        case count
        /// Not at all.
        case absent
    }

    private let type: MetricType
    private let isStrict: Bool
    /// How long the family's name is; behind it a sample's suffix begins.
    private let nameLength: Int
    /// Whether a sum can fall, because something below zero may be observed.
    private let hasNegativeBounds: Bool
    /// What samples may be called, where one may be called something else.
    private let names: SampleNames?
    /// The labels of the histogram's series whose sum is no number, and is left out.
    private let labelsWithoutSum: Set<[UInt8]>

    init(_ family: MetricFamily, _ dialect: TextEncoder.Dialect) {
        type = family.type
        isStrict = dialect == .openMetrics
        var name: [UInt8] = []
        SampleText.appendMetricName(family.name.utf8, to: &name)
        nameLength = name.count
        hasNegativeBounds = family.hasNegativeBounds
        names = family.mayHaveForeignSamples ? SampleNames(family) : nil
        labelsWithoutSum = isStrict && type == .histogram ? Self.labelsWithoutSum(family, nameLength) : []
    }

    private static func labelsWithoutSum(_ family: MetricFamily, _ nameLength: Int) -> Set<[UInt8]> {
        guard family.values.contains(where: \.isNaN) else { return [] }
        var labels: Set<[UInt8]> = []
        for index in family.values.indices where family.values[index].isNaN {
            let sample = family.text(at: index).dropFirst(nameLength)
            if sample.starts(with: "_sum".utf8) { labels.insert(Array(sample.dropFirst("_sum".utf8.count))) }
        }
        return labels
    }

    @inline(__always)
    func kind(_ sample: UnsafeBufferPointer<UInt8>, _ value: Double) -> Kind {
        isStrict ? strictKind(sample, value) : .value
    }

    private func strictKind(_ sample: UnsafeBufferPointer<UInt8>, _ value: Double) -> Kind {
        if let names, !names.contain(sample) { return .absent }
        switch type {
        case .gauge, .unknown: return .value
        // A total that is no number or below zero can only come of a damaged file or of a client that took one.
        case .counter: return value >= 0 ? .value : .absent
        case .info: return .count
        case .stateset: return .count
        case .summary:
            switch suffix(sample) {
            case UInt8(ascii: "c"): return value >= 0 ? .count : .absent
            case UInt8(ascii: "s"): return value.isNaN ? .absent : .value
            default: return .value
            }
        case .histogram:
            switch suffix(sample) {
            case UInt8(ascii: "b"): return value >= 0 ? .count : .absent
            // Both are there or neither is.
            case UInt8(ascii: "c"):
                return value >= 0 && !hasNegativeBounds && !lacksSum(sample) ? .count : .absent
            case UInt8(ascii: "s"): return value.isNaN || hasNegativeBounds ? .absent : .value
            default: return .value
            }
        }
    }

    /// Whether the series of a `_count` has no sum.
    private func lacksSum(_ count: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !labelsWithoutSum.isEmpty else { return false }
        return labelsWithoutSum.contains(Array(count.dropFirst(nameLength + "_count".utf8.count)))
    }

    /// The first letter of a sample's suffix: of `_bucket`, `_count` or `_sum`; 0 where it has none.
    private func suffix(_ sample: UnsafeBufferPointer<UInt8>) -> UInt8 {
        guard sample.count > nameLength + 1, sample[nameLength] == UInt8(ascii: "_") else { return 0 }
        return sample[nameLength + 1]
    }

    /// Whether OpenMetrics lets the sample have an exemplar: a counter's total and a bucket.
    static func mayHaveExemplar(_ sample: UnsafeBufferPointer<UInt8>, _ family: MetricFamily) -> Bool {
        switch family.type {
        case .counter: return true
        case .histogram:
            let name = sample.prefix { $0 != UInt8(ascii: "{") }
            return name.suffix("_bucket".utf8.count).elementsEqual("_bucket".utf8)
        case .gauge, .summary, .info, .stateset, .unknown: return false
        }
    }
}
