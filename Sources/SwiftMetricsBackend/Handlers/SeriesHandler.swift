#if SwiftMetrics
    /// What every handler of this backend has: the series that it records into.
    protocol SeriesHandler: AnyObject, Sendable {
        var series: RecordedSeries { get }
    }
#endif
