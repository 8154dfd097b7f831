#if SwiftMetrics
    public import MetricsRuntime

    /// What a ``RegistryMetricsFactory`` knows of the metrics that libraries record.
    ///
    /// swift-metrics has no help texts, units, buckets or modes. They come from definitions, from options by label, or
    /// from the defaults here, in this order.
    public struct MetricsBackendConfiguration: Sendable, Hashable {
        /// The upper bounds of timers, in seconds, where nobody says otherwise: 5 milliseconds to 10 seconds.
        public static let defaultTimerBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        /// The upper bounds of recorders where nobody says otherwise: 5 to 10 000.
        public static let defaultRecorderBuckets: [Double] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

        /// Definitions, such as `GeneratedMetrics.all`.
        ///
        /// One is used for the label that it names, and for a label whose exposed name is its own: a definition
        /// `http_requests_total` for a counter `http.requests`. Help, unit, buckets, mode, bounds and closed labels are
        /// then those of the definition. Nothing else that libraries record gets a definition's name, or that of one of
        /// its samples.
        public var definitions: [MetricDescriptor]
        /// What is known of single metrics, by their swift-metrics label.
        public var metrics: [String: MetricOptions]
        /// The upper bounds of timers, in seconds.
        public var timerBuckets: [Double]
        /// The upper bounds of recorders that aggregate.
        public var recorderBuckets: [Double]
        /// How the values of meters and gauges in several processes are merged.
        ///
        /// The default keeps one sample a process, with the label `pid`, and drops it when the process ends: nothing
        /// says whether sum, maximum or anything else of a library's meter makes sense.
        public var gaugeMode: MultiprocessMode
        /// How many series a metric may make in one process with the same labels.
        ///
        /// Those past it go to one series whose labels all read `__overflow__`.
        public var maxSeries: Int
        /// With how many different sets of dimension names a metric may be used in one process.
        ///
        /// What is past it goes to one series with the label `dimensions_overflow`.
        public var maxLabelSets: Int
        /// Whether the name of a timer ends in `_seconds`, added where its label does not end so.
        ///
        /// OpenMetrics wants the unit in the name. Without it, names are those of swift-prometheus, and no unit is
        /// exposed.
        public var timersEndInSeconds: Bool

        /// Creates a configuration; ``RegistryMetricsFactory`` checks it.
        public init(
            definitions: [MetricDescriptor] = [],
            metrics: [String: MetricOptions] = [:],
            timerBuckets: [Double] = Self.defaultTimerBuckets,
            recorderBuckets: [Double] = Self.defaultRecorderBuckets,
            gaugeMode: MultiprocessMode = .liveall,
            maxSeries: Int = 10_000,
            maxLabelSets: Int = 16,
            timersEndInSeconds: Bool = true
        ) {
            self.definitions = definitions
            self.metrics = metrics
            self.timerBuckets = timerBuckets
            self.recorderBuckets = recorderBuckets
            self.gaugeMode = gaugeMode
            self.maxSeries = maxSeries
            self.maxLabelSets = maxLabelSets
            self.timersEndInSeconds = timersEndInSeconds
        }
    }
#endif
