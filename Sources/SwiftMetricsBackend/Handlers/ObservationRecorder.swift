#if SwiftMetrics
    import CoreMetrics
    import MetricsRuntime

    /// A child that observes values: a histogram's or a summary's.
    protocol ObservingChild: Sendable {
        func observe(_ value: Double)
    }

    extension HistogramChild: ObservingChild {}
    extension SummaryChild: ObservingChild {}

    /// Observes values.
    final class ValueRecorder<Child: ObservingChild>: RecorderHandler, SeriesHandler {
        let series: RecordedSeries
        private let child: Child

        init(_ series: RecordedSeries, _ child: Child) {
            self.series = series
            self.child = child
        }

        func record(_ value: Int64) { child.observe(Double(value)) }

        func record(_ value: Double) {
            // One infinite value makes the sum infinite for good, two of them may make it NaN.
            guard value.isFinite else { return series.refuse() }
            child.observe(value)
        }
    }

    /// Observes durations in the unit of the metric, which is seconds unless its definition says otherwise.
    final class DurationRecorder<Child: ObservingChild>: TimerHandler, SeriesHandler {
        let series: RecordedSeries
        private let child: Child

        init(_ series: RecordedSeries, _ child: Child) {
            self.series = series
            self.child = child
        }

        /// A clock that was set back makes negative durations; they count as 0.
        func recordNanoseconds(_ duration: Int64) {
            child.observe(Double(max(duration, 0)) / series.metric.nanosecondsPerUnit)
        }
    }
#endif
