extension MetricFamily {
    /// Appends a sample.
    ///
    /// - Parameters:
    ///   - sampleName: The sample's whole name, such as `latency_seconds_bucket`.
    ///   - labels: Names and values in the order of exposition, which is that of the names' UTF-8 bytes.
    ///   - value: The sample's value.
    package mutating func append(sampleName: String, labels: [(name: String, value: String)] = [], value: Double) {
        SampleText.appendMetricName(sampleName.utf8, to: &sampleText)
        if !labels.isEmpty {
            var separator = UInt8(ascii: "{")
            for label in labels {
                sampleText.append(separator)
                SampleText.appendLabel(name: label.name.utf8, value: label.value.utf8, to: &sampleText)
                if type == .histogram, label.name == "le", label.value.utf8.first == UInt8(ascii: "-") {
                    hasNegativeBounds = true
                }
                separator = UInt8(ascii: ",")
            }
            sampleText.append(UInt8(ascii: "}"))
        }
        sampleEnds.append(sampleText.count)
        values.append(value)
    }

    /// Appends a sample whose name and labels are rendered already.
    package mutating func append(sampleText text: some Sequence<UInt8>, value: Double) {
        sampleText.append(contentsOf: text)
        sampleEnds.append(sampleText.count)
        values.append(value)
    }

    /// The text of one sample's name and labels, as it stands in ``sampleText``.
    package func text(at index: Int) -> ArraySlice<UInt8> {
        sampleText[(index == 0 ? 0 : sampleEnds[index - 1])..<sampleEnds[index]]
    }

    /// The name that stands in text 0.0.4's `# TYPE` line: with `_total` for a counter and `_info` for an info.
    package var exposedName: String {
        switch type {
        case .counter: name + "_total"
        case .info: name + "_info"
        case .gauge, .histogram, .summary, .stateset, .unknown: name
        }
    }

    /// The unit as OpenMetrics has it; `nil` where there is none, or none that it allows.
    ///
    /// A unit that is not the end of the family's name makes a parser refuse the whole exposition, and so does any unit
    /// of an info or a stateset.
    package var exposedUnit: String? {
        guard !unit.isEmpty, type != .info, type != .stateset, name.utf8.count > unit.utf8.count else { return nil }
        let isLegal = unit.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        return isLegal && name.hasSuffix("_" + unit) ? unit : nil
    }
}
