/// Finds the metrics of a family among its samples, and writes them as protobuf has them: one message for each set of
/// labels, with all buckets of a histogram in it.
struct MetricReader {
    /// Samples that belong together.
    struct Metric {
        let range: Range<Int>
        var end: Int { range.upperBound }
    }

    private let family: MetricFamily
    private let text: UnsafeBufferPointer<UInt8>
    private let nameLength: Int

    /// Reads the samples of a family, whose text is `text`.
    init(_ family: MetricFamily, _ text: UnsafeBufferPointer<UInt8>) {
        self.family = family
        self.text = text
        var name: [UInt8] = []
        SampleText.appendMetricName(family.name.utf8, to: &name)
        nameLength = name.count
    }

    /// The metric that begins at that sample.
    func metric(at first: Int) -> Metric {
        switch family.type {
        case .counter, .gauge, .info, .stateset, .unknown: return Metric(range: first..<first + 1)
        case .histogram, .summary: break
        }
        let labels = scan(first)
        var end = first + 1
        while end < family.values.count, isSame(labels, scan(end)) { end += 1 }
        return Metric(range: first..<end)
    }

    private func scan(_ index: Int) -> SampleScanner {
        SampleScanner(text, (index == 0 ? 0 : family.sampleEnds[index - 1])..<family.sampleEnds[index])
    }

    /// The label that tells the samples of one metric apart: a bucket's bound or a quantile.
    private var innerLabel: StaticString { family.type == .histogram ? "le" : "quantile" }

    private func isInner(_ label: SampleScanner.Label) -> Bool {
        let name = innerLabel
        guard label.name.count == name.utf8CodeUnitCount else { return false }
        return text[label.name].elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// Whether two samples have the same labels, but for what tells the samples of one metric apart.
    private func isSame(_ left: SampleScanner, _ right: SampleScanner) -> Bool {
        var (left, right) = (left, right)
        while true {
            switch (outerLabel(&left), outerLabel(&right)) {
            case (nil, nil): return true
            case (let one?, let other?) where isSame(one.name, other.name) && isSame(one.value, other.value): continue
            default: return false
            }
        }
    }

    private func outerLabel(_ sample: inout SampleScanner) -> SampleScanner.Label? {
        while let label = sample.next() {
            if !isInner(label) { return label }
        }
        return nil
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        text[left].elementsEqual(text[right])
    }

    // MARK: Writing

    /// Writes the fields of a message `Metric`.
    func write(_ metric: Metric, to writer: inout ProtobufWriter) {
        let first = scan(metric.range.lowerBound)
        let isCompound = family.type == .histogram || family.type == .summary
        for label in first where !(isCompound && isInner(label)) {
            writer.field(1) { pair in
                pair.field(1, bytes: text[label.name])
                pair.field(2, unescaped: text[label.value])
            }
        }
        let number = family.values[metric.range.lowerBound]
        let detail = family.details[metric.range.upperBound - 1]
        switch family.type {
        case .gauge, .info, .stateset: writer.field(2) { $0.field(1, double: number) }
        case .counter:
            writer.field(3) { counter in
                counter.field(1, double: number)
                if let exemplar = detail?.exemplar { counter.field(2) { Self.write(exemplar, to: &$0) } }
                if let created = detail?.created { counter.field(3, unixSeconds: created) }
            }
        case .summary: writer.field(4) { writeSummary(metric, created: detail?.created, to: &$0) }
        case .unknown: writer.field(5) { $0.field(1, double: number) }
        case .histogram: writer.field(7) { writeHistogram(metric, created: detail?.created, to: &$0) }
        }
    }

    /// The first letter of a sample's suffix, or 0.
    private func suffix(_ sample: SampleScanner) -> UInt8 {
        guard sample.name.count > nameLength + 1 else { return 0 }
        return text[sample.name.lowerBound + nameLength + 1]
    }

    /// A bucket's bound or a quantile; `nil` where the sample is a sum or a count.
    private func innerNumber(_ sample: SampleScanner) -> Double? {
        sample.first(where: isInner).flatMap { BucketBound.parse(text[$0.value]) }
    }

    private func writeSummary(_ metric: Metric, created: Double?, to writer: inout ProtobufWriter) {
        for index in metric.range {
            switch suffix(scan(index)) {
            case UInt8(ascii: "c"): writer.field(1, varint: Self.whole(family.values[index]) ?? 0)
            case UInt8(ascii: "s"): writer.field(2, double: family.values[index])
            default: continue
            }
        }
        for index in metric.range {
            guard let quantile = innerNumber(scan(index)) else { continue }
            writer.field(3) { pair in
                pair.field(1, double: quantile)
                pair.field(2, double: family.values[index])
            }
        }
        if let created { writer.field(4, unixSeconds: created) }
    }

    private func writeHistogram(_ metric: Metric, created: Double?, to writer: inout ProtobufWriter) {
        for index in metric.range {
            switch suffix(scan(index)) {
            case UInt8(ascii: "c"): Self.write(family.values[index], whole: 1, fraction: 4, to: &writer)
            case UInt8(ascii: "s"): writer.field(2, double: family.values[index])
            default: continue
            }
        }
        for index in metric.range {
            guard let bound = innerNumber(scan(index)) else { continue }
            writer.field(3) { message in
                Self.write(family.values[index], whole: 1, fraction: 4, to: &message)
                message.field(2, double: bound)
                if let exemplar = family.details[index]?.exemplar {
                    message.field(3) { Self.write(exemplar, to: &$0) }
                }
            }
        }
        if let created { writer.field(15, unixSeconds: created) }
    }

    /// Writes a number of observations in the field for whole ones, or in the one for those of other clients' histograms.
    private static func write(_ count: Double, whole: UInt64, fraction: UInt64, to writer: inout ProtobufWriter) {
        if let number = Self.whole(count) {
            writer.field(whole, varint: number)
        } else {
            writer.field(fraction, double: count)
        }
    }

    private static func whole(_ value: Double) -> UInt64? { UInt64(exactly: value) }

    private static func write(_ exemplar: MetricExemplar, to writer: inout ProtobufWriter) {
        for label in exemplar.labels {
            writer.field(1) { pair in
                pair.field(1, bytes: label.name.utf8)
                pair.field(2, bytes: label.value.utf8)
            }
        }
        writer.field(2, double: exemplar.value)
        if let timestamp = exemplar.timestamp { writer.field(3, unixSeconds: timestamp) }
    }
}
