#if SwiftMetrics
    import MetricsRuntime

    /// One series of one family, and what a handler must know of its metric.
    ///
    /// The pointers in it are good for the life of the process, whatever becomes of the registry.
    struct RecordedSeries: Sendable {
        let family: _MetricFamilyHandle
        let handle: _SeriesHandle
        let metric: MetricFacts

        var type: MetricType { metric.type }
        var isMostRecent: Bool { metric.isMostRecent }

        /// Takes the series out of expositions, unless it is an overflow series, or another one has taken its place.
        func remove() { family.remove(handle) }

        /// Counts an update that would have made a value wrong.
        func refuse() { handle.record._refuse() }
    }

    /// What the handlers of a metric must know of it.
    struct MetricFacts: Sendable {
        let type: MetricType
        let isMostRecent: Bool
        /// How many nanoseconds its unit has, where it is a time.
        let nanosecondsPerUnit: Double

        init(_ descriptor: MetricDescriptor) {
            type = descriptor.type
            isMostRecent = descriptor.multiprocessMode.isMostRecent
            nanosecondsPerUnit =
                switch descriptor.unit {
                case "nanoseconds": 1
                case "microseconds": 1e3
                case "milliseconds": 1e6
                case "minutes": 60e9
                case "hours": 3_600e9
                case "days": 86_400e9
                default: 1e9
                }
        }
    }
#endif
