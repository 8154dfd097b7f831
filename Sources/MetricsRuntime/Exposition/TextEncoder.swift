/// Writes text 0.0.4.
///
/// The samples' texts are finished; what is left for a scrape is to copy each one and to write its number. Both go
/// through a piece of memory small enough to stay in the processor's cache.
enum TextEncoder {
    private static let chunk = 16 * 1024

    static func encode(_ snapshot: MetricSnapshot, into bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + estimatedLength(snapshot))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunk) { scratch in
            for family in snapshot.families where !family.values.isEmpty || family.isExposedWhenEmpty {
                appendMetadata(family, to: &bytes)
                appendSamples(family, scratch: scratch, to: &bytes)
            }
        }
    }

    /// Nearly always enough: texts as they are, the longest number with a blank and a line feed, and some metadata.
    private static func estimatedLength(_ snapshot: MetricSnapshot) -> Int {
        snapshot.families.reduce(0) { length, family in
            length + family.sampleText.count + family.values.count * (ShortestText.capacity + 2)
                + family.documentation.utf8.count
                + family.name.utf8.count * 2 + 64
        }
    }

    private static func appendMetadata(_ family: MetricFamily, to bytes: inout [UInt8]) {
        // A slice of `bytes` would have the whole of it copied at the next append.
        var name: [UInt8] = []
        SampleText.appendMetricName(family.exposedName.utf8, to: &name)
        bytes.append(contentsOf: "# HELP ".utf8)
        bytes.append(contentsOf: name)
        bytes.append(UInt8(ascii: " "))
        SampleText.appendHelp(family.documentation.utf8, to: &bytes)
        bytes.append(contentsOf: "\n# TYPE ".utf8)
        bytes.append(contentsOf: name)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: typeName(family.type).utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The type's word; those that 0.0.4 doesn't have go as what they are made of.
    private static func typeName(_ type: MetricType) -> String {
        switch type {
        case .counter: "counter"
        case .gauge, .info, .stateset: "gauge"
        case .histogram: "histogram"
        case .summary: "summary"
        case .unknown: "untyped"
        }
    }

    private static func appendSamples(
        _ family: MetricFamily,
        scratch: UnsafeMutableBufferPointer<UInt8>,
        to bytes: inout [UInt8]
    ) {
        guard let buffer = scratch.baseAddress else { return }
        family.sampleText.withUnsafeBufferPointer { text in
            guard let text = text.baseAddress else { return }
            var used = 0
            var start = 0
            for (value, end) in zip(family.values, family.sampleEnds) {
                let length = end - start
                // A blank and a line feed stand around the number.
                if used + length + FloatText.maximumLength + 2 > scratch.count {
                    bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
                    used = 0
                    if length + FloatText.maximumLength + 2 > scratch.count {
                        bytes.append(contentsOf: UnsafeBufferPointer(start: text + start, count: length))
                        start = end
                    }
                }
                (buffer + used).update(from: text + start, count: end - start)
                used += end - start
                buffer[used] = UInt8(ascii: " ")
                used += 1
                used += FloatText.write(value, .text, to: buffer + used)
                buffer[used] = UInt8(ascii: "\n")
                used += 1
                start = end
            }
            bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
        }
    }
}
