extension MetricFamily {
    /// One label of a sample.
    public typealias Label = (name: String, value: String)

    /// Appends a series with one value: of a counter, a gauge or an unknown metric, or an info, whose value is 1.
    ///
    /// Meant for collectors that apps write. Labels are put into the order of their names, names lose characters that
    /// Prometheus' legacy set does not have, and of two equal names the last one counts. A value that is not for the
    /// family's type, such as a negative counter, is exposed in text 0.0.4 and left out of OpenMetrics.
    ///
    /// - Parameters:
    ///   - labels: Names and values.
    ///   - value: The value.
    ///   - exemplar: An example of what a counter counted.
    ///   - created: When a counter began, in Unix seconds.
    public mutating func addSeries(
        labels: [Label] = [],
        value: Double,
        exemplar: MetricExemplar? = nil,
        created: Double? = nil
    ) {
        append(
            sampleName: exposedName,
            labels: MultiprocessKey.sortedByCodePoint(labels),
            value: type == .info ? 1 : value
        )
        add(SampleDetail(exemplar: exemplar, created: created))
    }

    /// Appends a series of a stateset: one sample for each state.
    public mutating func addStates(labels: [Label] = [], _ states: [(name: String, isOn: Bool)]) {
        for state in states {
            let all = labels + [(name: name, value: state.name)]
            append(sampleName: name, labels: MultiprocessKey.sortedByCodePoint(all), value: state.isOn ? 1 : 0)
        }
    }

    /// Appends a series of a summary.
    ///
    /// - Parameters:
    ///   - labels: Names and values.
    ///   - count: How many values were observed.
    ///   - sum: Their sum.
    ///   - quantiles: Quantiles from 0 to 1, and their values.
    ///   - created: When the series began, in Unix seconds.
    public mutating func addSummary(
        labels: [Label] = [],
        count: Double,
        sum: Double,
        quantiles: [(quantile: Double, value: Double)] = [],
        created: Double? = nil
    ) {
        for quantile in quantiles {
            let text = FloatText.string(quantile.quantile, .openMetrics)
            let all = labels + [(name: "quantile", value: text)]
            append(sampleName: name, labels: MultiprocessKey.sortedByCodePoint(all), value: quantile.value)
        }
        let labels = MultiprocessKey.sortedByCodePoint(labels)
        append(sampleName: name + "_sum", labels: labels, value: sum)
        append(sampleName: name + "_count", labels: labels, value: count)
        add(SampleDetail(created: created))
    }

    /// One bucket of a histogram.
    public struct Bucket: Sendable, Hashable {
        /// The upper bound, which is part of the bucket.
        public var upperBound: Double
        /// How many observations were in this bucket alone, not in those below it.
        public var count: Double
        /// An example of them.
        public var exemplar: MetricExemplar?

        /// Creates a bucket.
        public init(upperBound: Double, count: Double, exemplar: MetricExemplar? = nil) {
            self.upperBound = upperBound
            self.count = count
            self.exemplar = exemplar
        }
    }

    /// Appends a series of a histogram.
    ///
    /// - Parameters:
    ///   - labels: Names and values.
    ///   - buckets: The buckets in any order; one without end is added where there is none.
    ///   - sum: The sum of all observations.
    ///   - created: When the series began, in Unix seconds.
    public mutating func addHistogram(
        labels: [Label] = [],
        buckets: [Bucket],
        sum: Double,
        created: Double? = nil
    ) {
        var buckets = buckets.filter { !$0.upperBound.isNaN }.sorted { $0.upperBound < $1.upperBound }
        if buckets.last?.upperBound != .infinity { buckets.append(Bucket(upperBound: .infinity, count: 0)) }
        var total = 0.0
        for bucket in buckets {
            total += bucket.count
            // Both zeros are one bound.
            let all = labels + [(name: "le", value: FloatText.string(bucket.upperBound + 0, .openMetrics))]
            append(sampleName: name + "_bucket", labels: MultiprocessKey.sortedByCodePoint(all), value: total)
            add(SampleDetail(exemplar: bucket.exemplar))
        }
        let labels = MultiprocessKey.sortedByCodePoint(labels)
        append(sampleName: name + "_sum", labels: labels, value: sum)
        append(sampleName: name + "_count", labels: labels, value: total)
        add(SampleDetail(created: created))
    }

    /// Notes what the sample that was appended last has besides its value.
    private mutating func add(_ detail: SampleDetail) {
        guard detail.exemplar != nil || detail.created != nil else { return }
        details[values.count - 1] = detail
    }
}
