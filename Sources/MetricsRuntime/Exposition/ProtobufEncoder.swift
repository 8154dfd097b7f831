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
        var writer = ProtobufWriter(bytes)
        // The writer's alone now, so that it appends in place.
        bytes = []
        while familyIndex < families.count, writer.bytes.count < count {
            let family = families[familyIndex]
            family.sampleText.withUnsafeBufferPointer { text in
                let reader = MetricReader(family, text)
                var index = sampleIndex ?? 0
                if sampleIndex == nil { Self.writeHead(family, reader, to: &writer) }
                while index < family.values.count, writer.bytes.count < count {
                    let metric = reader.metric(at: index)
                    index = metric.end
                    writer.field(4) { reader.write(metric, to: &$0) }
                }
                sampleIndex = index
            }
            if sampleIndex == family.values.count {
                if !family.unit.isEmpty { writer.field(5, bytes: family.unit.utf8) }
                sampleIndex = nil
                familyIndex += 1
            }
        }
        bytes = writer.bytes
        return familyIndex < families.count
    }

    /// Writes the length of the family's message, and what stands in front of its metrics.
    private static func writeHead(_ family: MetricFamily, _ reader: MetricReader, to writer: inout ProtobufWriter) {
        var head = ProtobufWriter()
        var name: [UInt8] = []
        SampleText.appendMetricName(family.exposedName.utf8, to: &name)
        head.field(1, bytes: name)
        if !family.documentation.isEmpty { head.field(2, bytes: family.documentation.utf8) }
        head.field(3, varint: typeNumber(family.type))

        var rest = ProtobufWriter()
        var length = head.bytes.count
        var index = 0
        while index < family.values.count {
            let metric = reader.metric(at: index)
            index = metric.end
            rest.field(4) { reader.write(metric, to: &$0) }
            length += rest.bytes.count
            rest.removeAll()
        }
        if !family.unit.isEmpty { rest.field(5, bytes: family.unit.utf8) }
        writer.varint(UInt64(length + rest.bytes.count))
        writer.append(head)
    }

    /// The number in the enumeration `MetricType`; infos and statesets go as the gauges that they are made of.
    private static func typeNumber(_ type: MetricType) -> UInt64 {
        switch type {
        case .counter: 0
        case .gauge, .info, .stateset: 1
        case .summary: 2
        case .unknown: 3
        case .histogram: 4
        }
    }
}
