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
}
