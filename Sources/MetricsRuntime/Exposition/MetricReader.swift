#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds the metrics of a family among its samples, and writes them as protobuf has them: one message for each set of
/// labels, with all buckets of a histogram in it.
struct MetricReader: ~Copyable {
    /// A sample of a histogram or a summary.
    private struct Part {
        /// The first letter of what its name has behind the family's, or 0.
        var suffix: UInt8
        /// A bucket's bound or a quantile; `nil` where the sample is a sum or a count.
        var number: Double?
    }

    private let family: MetricFamily
    private let text: UnsafeBufferPointer<UInt8>
    private let nameLength: Int
    private let isCompound: Bool
    /// The label that tells the samples of one metric apart.
    private let innerName: StaticString

    /// The samples that belong together: those of the metric that is written next.
    private var metric = 0..<0
    private var parts: [Part] = []
    private var outerLabels: [SampleScanner.Label] = []
    /// Bounds by their position among the metric's: they are mostly those of the metric before.
    private var numbers: [(text: Range<Int>, number: Double?)] = []
    private var numberCount = 0

    /// Reads the samples of a family, whose text is `text`.
    init(_ family: MetricFamily, _ text: UnsafeBufferPointer<UInt8>) {
        self.family = family
        self.text = text
        var name: [UInt8] = []
        SampleText.appendMetricName(family.name.utf8, to: &name)
        nameLength = name.count
        isCompound = family.type == .histogram || family.type == .summary
        innerName = family.type == .histogram ? "le" : "quantile"
    }

    /// Goes to the metric that begins at that sample, and returns the index behind its last one.
    mutating func read(at first: Int) -> Int {
        guard isCompound else {
            metric = first..<first + 1
            return metric.upperBound
        }
        parts.removeAll(keepingCapacity: true)
        outerLabels.removeAll(keepingCapacity: true)
        numberCount = 0
        var end = first
        while end < family.values.count, readPart(scan(end), isFirst: end == first) { end += 1 }
        metric = first..<end
        return end
    }

    private func scan(_ index: Int) -> SampleScanner {
        SampleScanner(text, (index == 0 ? 0 : family.sampleEnds[index - 1])..<family.sampleEnds[index])
    }

    /// Takes in a sample; `false` where its labels are those of another metric.
    private mutating func readPart(_ sample: SampleScanner, isFirst: Bool) -> Bool {
        var sample = sample
        var inner: Range<Int>?
        var outerCount = 0
        while let label = sample.next() {
            if isInner(label) {
                inner = label.value
            } else if isFirst {
                outerLabels.append(label)
            } else {
                guard outerCount < outerLabels.count, isSame(outerLabels[outerCount].all, label.all) else {
                    return false
                }
                outerCount += 1
            }
        }
        guard isFirst || outerCount == outerLabels.count else { return false }
        // Last, since reading a number takes longer than all the rest.
        var part = Part(suffix: suffix(sample.name))
        if let inner { part.number = nextNumber(inner) }
        parts.append(part)
        return true
    }

    private func suffix(_ name: Range<Int>) -> UInt8 {
        name.count > nameLength + 1 ? text[name.lowerBound + nameLength + 1] : 0
    }

    private func isInner(_ label: SampleScanner.Label) -> Bool {
        label.name.count == innerName.utf8CodeUnitCount && text[label.name.lowerBound] == innerName.utf8Start[0]
            && part(label.name).elementsEqual(
                UnsafeBufferPointer(start: innerName.utf8Start, count: innerName.utf8CodeUnitCount)
            )
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count, let start = text.baseAddress else { return false }
        return memcmp(start + left.lowerBound, start + right.lowerBound, left.count) == 0
    }

    private func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[range]) }

    private mutating func nextNumber(_ range: Range<Int>) -> Double? {
        defer { numberCount += 1 }
        if numberCount < numbers.count {
            if isSame(numbers[numberCount].text, range) { return numbers[numberCount].number }
            numbers.removeSubrange(numberCount...)
        }
        let number = BucketBound.parse(text[range])
        numbers.append((range, number))
        return number
    }

    // MARK: Writing

    /// Writes a message `Metric`: the metric that was read last.
    func write(_ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        var sample = scan(metric.lowerBound)
        while let label = sample.next() {
            if isCompound, isInner(label) { continue }
            let pair = output.begin(1)
            output.field(1, bytes: part(label.name))
            if label.isEscaped {
                output.field(2, unescaped: part(label.value))
            } else {
                output.field(2, bytes: part(label.value))
            }
            output.end(pair)
        }
        switch family.type {
        case .gauge, .info, .stateset: writeNumber(2, to: &output)
        case .counter: writeCounter(3, to: &output)
        case .summary: writeSummary(4, to: &output)
        case .unknown: writeNumber(5, to: &output)
        case .histogram: writeHistogram(7, to: &output)
        }
        output.end(message)
    }

    private func detail(_ index: Int) -> SampleDetail? { family.details.isEmpty ? nil : family.details[index] }

    private func writeNumber(_ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        output.field(1, double: family.values[metric.lowerBound])
        output.end(message)
    }

    private func writeCounter(_ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        output.field(1, double: family.values[metric.lowerBound])
        if let detail = detail(metric.lowerBound) {
            if let exemplar = detail.exemplar { Self.write(exemplar, 2, to: &output) }
            if let created = detail.created { output.field(3, unixSeconds: created) }
        }
        output.end(message)
    }

    private func writeSummary(_ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        for (index, part) in zip(metric, parts) {
            switch part.suffix {
            case UInt8(ascii: "c"): output.field(1, varint: Self.whole(family.values[index]) ?? 0)
            case UInt8(ascii: "s"): output.field(2, double: family.values[index])
            default: continue
            }
        }
        for (index, part) in zip(metric, parts) {
            guard let quantile = part.number else { continue }
            let pair = output.begin(3)
            output.field(1, double: quantile)
            output.field(2, double: family.values[index])
            output.end(pair)
        }
        if let created = detail(metric.upperBound - 1)?.created { output.field(4, unixSeconds: created) }
        output.end(message)
    }

    private func writeHistogram(_ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        for (index, part) in zip(metric, parts) {
            switch part.suffix {
            case UInt8(ascii: "c"): Self.write(family.values[index], whole: 1, fraction: 4, to: &output)
            case UInt8(ascii: "s"): output.field(2, double: family.values[index])
            default: continue
            }
        }
        for (index, part) in zip(metric, parts) {
            guard let bound = part.number else { continue }
            let bucket = output.begin(3)
            Self.write(family.values[index], whole: 1, fraction: 4, to: &output)
            output.field(2, double: bound)
            if let exemplar = detail(index)?.exemplar { Self.write(exemplar, 3, to: &output) }
            output.end(bucket)
        }
        if let created = detail(metric.upperBound - 1)?.created { output.field(15, unixSeconds: created) }
        output.end(message)
    }

    /// Writes a number of observations in the field for whole ones, or in the one for those of other clients' histograms.
    private static func write(
        _ count: Double,
        whole: UInt8,
        fraction: UInt8,
        to output: inout some ProtobufOutput
    ) {
        if let number = Self.whole(count) {
            output.field(whole, varint: number)
        } else {
            output.field(fraction, double: count)
        }
    }

    private static func whole(_ value: Double) -> UInt64? { UInt64(exactly: value) }

    private static func write(_ exemplar: MetricExemplar, _ number: UInt8, to output: inout some ProtobufOutput) {
        let message = output.begin(number)
        for label in exemplar.labels {
            let pair = output.begin(1)
            output.field(1, text: label.name)
            output.field(2, text: label.value)
            output.end(pair)
        }
        output.field(2, double: exemplar.value)
        if let timestamp = exemplar.timestamp { output.field(3, unixSeconds: timestamp) }
        output.end(message)
    }
}
