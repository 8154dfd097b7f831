/// Writes `io.prometheus.client.MetricFamily` messages, each behind its length.
///
/// A message's length stands in front of it, so a family is gone through twice: to be measured and to be written. That
/// keeps the memory to a few metrics, however many a family has.
struct ProtobufEncoder: Sendable {
    /// Small enough to stay in the processor's cache.
    private static let scratchLength = 16 * 1024

    private let families: [MetricFamily]
    private var familyIndex = 0
    /// The sample that comes next in the family; the family's head does where it is `nil`.
    private var sampleIndex: Int?
    /// How many bytes the longest of the family's head, metrics and tail takes.
    private var longestPart = 0

    init(_ snapshot: MetricSnapshot) {
        // The format has no family without metrics: a reader takes the type from its first one.
        families = snapshot.families.filter { !$0.values.isEmpty }
    }

    mutating func append(to bytes: inout [UInt8], atLeast count: Int) -> Bool {
        while familyIndex < families.count, bytes.count < count {
            let family = families[familyIndex]
            let end = append(family, to: &bytes, atLeast: count)
            if end < family.values.count {
                sampleIndex = end
            } else {
                sampleIndex = nil
                familyIndex += 1
            }
        }
        return familyIndex < families.count
    }

    /// Appends what comes next of a family, and returns the index behind its last sample.
    private mutating func append(_ family: MetricFamily, to bytes: inout [UInt8], atLeast count: Int) -> Int {
        let frame = FamilyFrame(family)
        return family.sampleText.withUnsafeBufferPointer { text in
            var reader = MetricReader(family, text)
            let length = sampleIndex == nil ? measure(frame, &reader) : nil
            let capacity = max(Self.scratchLength, longestPart)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { scratch in
                var writer = ProtobufWriter(scratch)
                if let length { frame.writeHead(metricsAndTail: length, to: &writer) }
                var index = sampleIndex ?? 0
                while index < family.values.count, bytes.count + writer.count < count {
                    index = reader.read(at: index)
                    if writer.room < longestPart { writer.flush(to: &bytes) }
                    reader.write(4, to: &writer)
                }
                if index == family.values.count {
                    if writer.room < longestPart { writer.flush(to: &bytes) }
                    frame.writeTail(to: &writer)
                }
                writer.flush(to: &bytes)
                return index
            }
        }
    }

    /// How many bytes a family's metrics and its tail take; finds ``longestPart`` as well.
    private mutating func measure(_ frame: FamilyFrame, _ reader: inout MetricReader) -> Int {
        var tail = ProtobufLength()
        frame.writeTail(to: &tail)
        var length = tail.count
        longestPart = length
        var index = 0
        while index < frame.family.values.count {
            index = reader.read(at: index)
            var metric = ProtobufLength()
            reader.write(4, to: &metric)
            length += metric.count
            longestPart = max(longestPart, metric.count)
        }
        var head = ProtobufLength()
        frame.writeHead(metricsAndTail: length, to: &head)
        longestPart = max(longestPart, head.count)
        return length
    }
}

/// What a family's message has in front of its metrics and behind them.
private struct FamilyFrame {
    let family: MetricFamily
    private let name: [UInt8]

    init(_ family: MetricFamily) {
        self.family = family
        var name: [UInt8] = []
        SampleText.appendMetricName(family.exposedName.utf8, to: &name)
        self.name = name
    }

    /// Writes the length of the family's message, and its fields up to the metrics.
    func writeHead(metricsAndTail length: Int, to output: inout some ProtobufOutput) {
        var head = ProtobufLength()
        writeFields(to: &head)
        output.append(varint: UInt64(length + head.count))
        writeFields(to: &output)
    }

    private func writeFields(to output: inout some ProtobufOutput) {
        name.withUnsafeBufferPointer { output.field(1, bytes: $0) }
        if !family.documentation.isEmpty { output.field(2, text: family.documentation) }
        output.field(3, varint: typeNumber)
    }

    func writeTail(to output: inout some ProtobufOutput) {
        if !family.unit.isEmpty { output.field(5, text: family.unit) }
    }

    /// The number in the enumeration `MetricType`; infos and statesets go as the gauges that they are made of.
    private var typeNumber: UInt64 {
        switch family.type {
        case .counter: 0
        case .gauge, .info, .stateset: 1
        case .summary: 2
        case .unknown: 3
        case .histogram: 4
        }
    }
}
