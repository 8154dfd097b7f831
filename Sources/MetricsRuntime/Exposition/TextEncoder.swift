/// Writes text 0.0.4 and OpenMetrics 1.0.
///
/// The samples' texts are finished; what is left for a scrape is to copy each one and to write its number. Both go
/// through a piece of memory small enough to stay in the processor's cache.
///
/// - Invariant: Before a sample is put there, the room is looked at: for its text, the longest number and two bytes more.
struct TextEncoder: Sendable {
    /// Which of the two formats.
    enum Dialect: Sendable {
        case text, openMetrics
    }

    private static let scratchLength = 16 * 1024

    private let families: [MetricFamily]
    private let dialect: Dialect
    private let includesCreated: Bool
    /// The family that comes next, or whose samples are being written.
    private var familyIndex = 0
    /// The sample that comes next; the metadata do where it is `nil`.
    private var sampleIndex: Int?
    /// Those of the family whose samples are being written.
    private var rules: SampleRules?
    private var isComplete = false

    init(_ snapshot: MetricSnapshot, dialect: Dialect, includesCreated: Bool) {
        families = snapshot.families
        self.dialect = dialect
        self.includesCreated = includesCreated
    }

    /// Nearly always enough: texts as they are, the longest number with a blank and a line feed, and some metadata.
    static func estimatedLength(_ snapshot: MetricSnapshot) -> Int {
        snapshot.families.reduce(16) { length, family in
            length + family.sampleText.count + family.values.count * (ShortestText.capacity + 2)
                + family.documentation.utf8.count
                + family.name.utf8.count * 3 + 64
        }
    }

    mutating func append(to bytes: inout [UInt8], atLeast count: Int) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.scratchLength) { scratch in
            while familyIndex < families.count, bytes.count < count {
                let family = families[familyIndex]
                let start: Int
                let rules = rules ?? SampleRules(family, dialect)
                if let sampleIndex {
                    start = sampleIndex
                } else {
                    if !family.values.isEmpty || family.isExposedWhenEmpty { appendMetadata(family, to: &bytes) }
                    start = 0
                }
                let end = appendSamples(family, rules, from: start, scratch: scratch, to: &bytes, atLeast: count)
                if end < family.values.count {
                    sampleIndex = end
                    self.rules = rules
                } else {
                    sampleIndex = nil
                    self.rules = nil
                    familyIndex += 1
                }
            }
        }
        guard familyIndex == families.count, !isComplete else { return !isComplete }
        isComplete = true
        if dialect == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
        return false
    }

    // MARK: Metadata

    private func appendMetadata(_ family: MetricFamily, to bytes: inout [UInt8]) {
        // A slice of `bytes` would have the whole of it copied at the next append.
        var name: [UInt8] = []
        let exposed = dialect == .text ? family.exposedName : family.name
        SampleText.appendMetricName(exposed.utf8, to: &name)
        if dialect == .text || !family.documentation.isEmpty {
            bytes.append(contentsOf: "# HELP ".utf8)
            bytes.append(contentsOf: name)
            bytes.append(UInt8(ascii: " "))
            switch dialect {
            case .text: SampleText.appendHelp(family.documentation.utf8, to: &bytes)
            case .openMetrics: SampleText.appendOpenMetricsHelp(family.documentation.utf8, to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(contentsOf: "# TYPE ".utf8)
        bytes.append(contentsOf: name)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: typeName(family.type).utf8)
        bytes.append(UInt8(ascii: "\n"))
        if dialect == .openMetrics, let unit = family.exposedUnit {
            bytes.append(contentsOf: "# UNIT ".utf8)
            bytes.append(contentsOf: name)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: unit.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// The type's word; those that 0.0.4 doesn't have go as what they are made of.
    private func typeName(_ type: MetricType) -> String {
        switch (type, dialect) {
        case (.counter, _): "counter"
        case (.histogram, _): "histogram"
        case (.summary, _): "summary"
        case (.gauge, _), (.info, .text), (.stateset, .text): "gauge"
        case (.info, .openMetrics): "info"
        case (.stateset, .openMetrics): "stateset"
        case (.unknown, .text): "untyped"
        case (.unknown, .openMetrics): "unknown"
        }
    }

    // MARK: Samples

    /// Appends samples from that index on, and returns the index behind the last one.
    private func appendSamples(
        _ family: MetricFamily,
        _ rules: SampleRules,
        from first: Int,
        scratch: UnsafeMutableBufferPointer<UInt8>,
        to bytes: inout [UInt8],
        atLeast count: Int
    ) -> Int {
        guard let buffer = scratch.baseAddress else { return family.values.count }
        let style: FloatText.Style = dialect == .text ? .text : .openMetrics
        let hasDetails = dialect == .openMetrics && !family.details.isEmpty
        return family.sampleText.withUnsafeBufferPointer { text in
            guard let text = text.baseAddress else { return family.values.count }
            var used = 0
            var start = first == 0 ? 0 : family.sampleEnds[first - 1]
            var index = first
            while index < family.values.count, bytes.count + used < count {
                let end = family.sampleEnds[index]
                let value = family.values[index]
                let length = end - start
                defer {
                    start = end
                    index += 1
                }
                let kind = rules.kind(UnsafeBufferPointer(start: text + start, count: length), value)
                if kind == .absent { continue }
                // A blank and a line feed stand around the number.
                if used + length + FloatText.maximumLength + 2 > scratch.count {
                    bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
                    used = 0
                }
                if length + FloatText.maximumLength + 2 > scratch.count {
                    bytes.append(contentsOf: UnsafeBufferPointer(start: text + start, count: length))
                } else {
                    (buffer + used).update(from: text + start, count: length)
                    used += length
                }
                buffer[used] = UInt8(ascii: " ")
                used += 1
                used +=
                    kind == .count
                    ? FloatText.writeCount(value, to: buffer + used)
                    : FloatText.write(value, style, to: buffer + used)
                if hasDetails, let detail = family.details[index] {
                    bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
                    used = 0
                    let sample = UnsafeBufferPointer(start: text + start, count: length)
                    append(detail, of: sample, value, family, to: &bytes)
                } else {
                    buffer[used] = UInt8(ascii: "\n")
                    used += 1
                }
            }
            bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
            return index
        }
    }

    /// Appends a sample's exemplar, the end of its line, and the line that says when the series began.
    private func append(
        _ detail: SampleDetail,
        of sample: UnsafeBufferPointer<UInt8>,
        _ value: Double,
        _ family: MetricFamily,
        to bytes: inout [UInt8]
    ) {
        if let exemplar = detail.exemplar, exemplar.isExposable, SampleRules.mayHaveExemplar(sample, family) {
            bytes.append(contentsOf: " # {".utf8)
            for (index, label) in exemplar.labels.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                SampleText.appendLabel(name: label.name.utf8, value: label.value.utf8, to: &bytes)
            }
            bytes.append(contentsOf: "} ".utf8)
            FloatText.append(exemplar.value, .openMetrics, to: &bytes)
            if let timestamp = exemplar.timestamp, timestamp.isFinite {
                bytes.append(UInt8(ascii: " "))
                FloatText.append(timestamp, .openMetrics, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
        guard includesCreated, let created = detail.created, created.isFinite else { return }
        switch family.type {
        case .counter, .histogram, .summary: break
        case .gauge, .info, .stateset, .unknown: return
        }
        SampleText.appendMetricName(family.name.utf8, to: &bytes)
        bytes.append(contentsOf: "_created".utf8)
        // The sample that ends a series has the series' labels and no others.
        bytes.append(contentsOf: sample.drop { $0 != UInt8(ascii: "{") })
        bytes.append(UInt8(ascii: " "))
        FloatText.append(created, .openMetrics, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}
