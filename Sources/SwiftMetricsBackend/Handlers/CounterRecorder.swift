#if SwiftMetrics
    import CoreMetrics
    import MetricsRuntime

    /// Adds to a counter; whole and other amounts share it.
    final class CounterRecorder: CounterHandler, FloatingPointCounterHandler, SeriesHandler {
        let series: RecordedSeries
        private let child: CounterChild

        init(_ series: RecordedSeries) {
            self.series = series
            child = CounterChild(series.handle)
        }

        func increment(by amount: Int64) { child.inc(by: Double(amount)) }

        func increment(by amount: Double) {
            // An infinite counter would never be finite again.
            guard amount.isFinite else { return series.refuse() }
            child.inc(by: amount)
        }

        func reset() { series.handle.record._setTotal(0) }
    }
#endif
