#if SwiftMetrics
    public import MetricsRuntime

    /// What is known of one metric that a library records; what is `nil` follows the defaults.
    public struct MetricOptions: Sendable, Hashable {
        /// The name under which it is exposed; a counter's gets `_total` where it lacks that.
        public var name: String?
        /// The help text.
        public var documentation: String?
        /// The upper bounds of a timer, in seconds, or of a recorder that aggregates.
        public var buckets: [Double]?
        /// Whether a timer or a recorder is exposed as count and sum alone, without buckets.
        public var isSummary: Bool
        /// How the values of a meter or a gauge in several processes are merged.
        public var multiprocessMode: MultiprocessMode?
        /// How many series it may make in one process with the same labels.
        public var maxSeries: Int?

        /// Creates options.
        public init(
            name: String? = nil,
            documentation: String? = nil,
            buckets: [Double]? = nil,
            isSummary: Bool = false,
            multiprocessMode: MultiprocessMode? = nil,
            maxSeries: Int? = nil
        ) {
            self.name = name
            self.documentation = documentation
            self.buckets = buckets
            self.isSummary = isSummary
            self.multiprocessMode = multiprocessMode
            self.maxSeries = maxSeries
        }
    }
#endif
