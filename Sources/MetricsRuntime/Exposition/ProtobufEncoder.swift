/// Writes `io.prometheus.client.MetricFamily` messages, each behind its length.
///
/// A message's length stands in front of it, so every metric is made twice: to be measured and to be written. That keeps
/// the memory to one metric, however many a family has.
struct ProtobufEncoder: Sendable {
    private let families: [MetricFamily]
    private var familyIndex = 0
    /// The sample that comes next in the family; the family's head does where it is `nil`.
    private var sampleIndex: Int?

    init(_ snapshot: MetricSnapshot) {
        // The format has no family without metrics: a reader takes the type from its first one.
        families = snapshot.families.filter { !$0.values.isEmpty }
    }

    mutating func append(to bytes: inout [UInt8], atLeast count: Int) -> Bool {
        var writer = ProtobufWriter()
        while familyIndex < families.count, bytes.count < count {
            let family = families[familyIndex]
            family.sampleText.withUnsafeBufferPointer { text in
                let reader = MetricReader(family, text)
                var index = sampleIndex ?? 0
                if sampleIndex == nil { appendHead(family, reader, to: &bytes) }
                while index < family.values.count, bytes.count < count {
                    let metric = reader.metric(at: index)
                    index = metric.end
                    writer.removeAll()
                    reader.write(metric, to: &writer)
                    Self.appendMetric(writer.bytes, to: &bytes)
                }
                sampleIndex = index
            }
            if sampleIndex == family.values.count {
                if !family.unit.isEmpty { Self.append(tag: 5, family.unit.utf8, to: &bytes) }
                sampleIndex = nil
                familyIndex += 1
            }
        }
        return familyIndex < families.count
    }

    /// Appends the length of the family's message, and what stands in front of its metrics.
    private func appendHead(_ family: MetricFamily, _ reader: MetricReader, to bytes: inout [UInt8]) {
        var head: [UInt8] = []
        var name: [UInt8] = []
        SampleText.appendMetricName(family.exposedName.utf8, to: &name)
        Self.append(tag: 1, name, to: &head)
        if !family.documentation.isEmpty { Self.append(tag: 2, family.documentation.utf8, to: &head) }
        head.append(3 << 3)
        head.append(Self.typeNumber(family.type))

        var length = head.count
        var writer = ProtobufWriter()
        var index = 0
        while index < family.values.count {
            let metric = reader.metric(at: index)
            index = metric.end
            writer.removeAll()
            reader.write(metric, to: &writer)
            length += 1 + ProtobufWriter.varintLength(UInt64(writer.bytes.count)) + writer.bytes.count
        }
        if !family.unit.isEmpty {
            let unit = family.unit.utf8.count
            length += 1 + ProtobufWriter.varintLength(UInt64(unit)) + unit
        }
        ProtobufWriter.appendVarint(UInt64(length), to: &bytes)
        bytes.append(contentsOf: head)
    }

    private static func appendMetric(_ message: [UInt8], to bytes: inout [UInt8]) {
        append(tag: 4, message, to: &bytes)
    }

    private static func append(tag: UInt8, _ value: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(tag << 3 | 2)
        ProtobufWriter.appendVarint(UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    /// The number in the enumeration `MetricType`; infos and statesets go as the gauges that they are made of.
    private static func typeNumber(_ type: MetricType) -> UInt8 {
        switch type {
        case .counter: 0
        case .gauge, .info, .stateset: 1
        case .summary: 2
        case .unknown: 3
        case .histogram: 4
        }
    }
}
