/// What a definition says about one metric: everything about it but its values.
public struct MetricDescriptor: Sendable, Hashable {
    /// One label of a metric.
    public struct Label: Sendable, Hashable {
        /// The label's name as it is exposed.
        public var name: String
        /// The values of a closed set in the order of their indexes, or `nil` for an open label.
        public var values: [String]?
        /// How many different values an open label may take before new ones become `__overflow__`.
        public var maxValues: Int?

        /// Creates a label; an open one where `values` is `nil`.
        public init(name: String, values: [String]? = nil, maxValues: Int? = nil) {
            self.name = name
            self.values = values
            self.maxValues = maxValues
        }
    }

    /// The full name as it is defined, `_total` of a counter included.
    public var name: String
    /// The help text.
    public var documentation: String
    /// The metric's type.
    public var type: MetricType
    /// The unit, or an empty text.
    public var unit: String
    /// The labels in the order of their Swift arguments.
    public var labels: [Label]
    /// Labels that every series carries with the same value.
    public var constantLabels: [String: String]
    /// The finite upper bounds of a histogram, increasing; `+Inf` is implied.
    public var buckets: [Double]
    /// How a gauge's values in several processes are merged.
    public var multiprocessMode: MultiprocessMode
    /// How many label combinations one process may create.
    public var maxSeries: Int
    /// The swift-metrics label under which libraries record this metric, where its name does not follow from the label.
    public var swiftMetricsLabel: String?

    /// Creates a descriptor. Keys that a type does not have keep their defaults.
    public init(
        name: String,
        documentation: String,
        type: MetricType,
        unit: String = "",
        labels: [Label] = [],
        constantLabels: [String: String] = [:],
        buckets: [Double] = [],
        multiprocessMode: MultiprocessMode = .all,
        maxSeries: Int = 10_000,
        swiftMetricsLabel: String? = nil
    ) {
        self.name = name
        self.documentation = documentation
        self.type = type
        self.unit = unit
        self.labels = labels
        self.constantLabels = constantLabels
        self.buckets = buckets
        self.multiprocessMode = multiprocessMode
        self.maxSeries = maxSeries
        self.swiftMetricsLabel = swiftMetricsLabel
    }

    /// The names of the labels, in order.
    public var labelNames: [String] { labels.map(\.name) }
}
