/// What a few samples have besides a value: an example of what was counted, and when the series began.
package struct SampleDetail: Sendable, Hashable {
    /// An example of what the sample counts.
    package var exemplar: MetricExemplar?
    /// When the series that ends with this sample began, in Unix seconds.
    package var created: Double?

    package init(exemplar: MetricExemplar? = nil, created: Double? = nil) {
        self.exemplar = exemplar
        self.created = created
    }
}

/// An example of what a counter or a bucket counted, such as the trace of one request.
///
/// OpenMetrics and protobuf carry exemplars; text 0.0.4 has no place for them.
public struct MetricExemplar: Sendable, Hashable {
    /// One label of an exemplar.
    public struct Label: Sendable, Hashable {
        /// The label's name, such as `trace_id`.
        public var name: String
        /// The label's value.
        public var value: String

        /// Creates a label.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The labels, in the order in which they are exposed.
    public var labels: [Label]
    /// The value that was observed or added.
    public var value: Double
    /// When that was, in Unix seconds; `nil` where nobody knows.
    public var timestamp: Double?

    /// How long names and values of an exemplar's labels may be together, in Unicode scalars.
    ///
    /// Source: OpenMetrics 1.0, section "Exemplars". A longer one is not exposed.
    public static let longestLabels = 128

    /// Creates an exemplar.
    public init(labels: [Label], value: Double, timestamp: Double? = nil) {
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }

    /// Whether parsers take it: not too long, no label twice. One without labels says nothing and is left out.
    package var isExposable: Bool {
        guard !labels.isEmpty else { return false }
        var names: Set<String> = []
        var length = 0
        for label in labels {
            guard SampleText.isLabelName(label.name.utf8), names.insert(label.name).inserted else { return false }
            length += label.name.unicodeScalars.count + label.value.unicodeScalars.count
        }
        return length <= Self.longestLabels
    }
}
