#if SwiftMetrics
    import CoreMetrics
    import MetricsRuntime

    /// Sets a gauge and adds to it.
    final class GaugeRecorder: MeterHandler, RecorderHandler, SeriesHandler {
        let series: RecordedSeries
        private let child: GaugeChild

        init(_ series: RecordedSeries) {
            self.series = series
            child = GaugeChild(series.handle)
        }

        func set(_ value: Int64) { child.set(Double(value)) }
        func set(_ value: Double) { child.set(value) }
        func record(_ value: Int64) { child.set(Double(value)) }
        func record(_ value: Double) { child.set(value) }

        func increment(by amount: Double) {
            guard amount.isStep else { return series.refuse() }
            child.inc(by: amount)
        }

        func decrement(by amount: Double) {
            guard amount.isStep else { return series.refuse() }
            child.dec(by: amount)
        }
    }

    /// The same for a gauge of which the value that was set last, over all processes, is exposed.
    final class MostRecentGaugeRecorder: MeterHandler, RecorderHandler, SeriesHandler {
        let series: RecordedSeries
        private let child: MostRecentGaugeChild

        init(_ series: RecordedSeries) {
            self.series = series
            child = MostRecentGaugeChild(series.handle)
        }

        func set(_ value: Int64) { child.set(Double(value)) }
        func set(_ value: Double) { child.set(value) }
        func record(_ value: Int64) { child.set(Double(value)) }
        func record(_ value: Double) { child.set(value) }
        func increment(by amount: Double) { add(amount, amount) }
        func decrement(by amount: Double) { add(amount, -amount) }

        /// Adds to the value of this process, and stamps it.
        private func add(_ step: Double, _ change: Double) {
            guard step.isStep else { return series.refuse() }
            let cell = series.handle.record.pointee.cell
            cell._add(change)
            cell._timestamp = SystemTime.unixSeconds()
        }
    }

    extension Double {
        /// Whether swift-metrics lets a meter go up or down by it: the direction is in the name of the call.
        fileprivate var isStep: Bool { isFinite && self >= 0 }
    }
#endif
