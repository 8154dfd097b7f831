extension MetricFamily {
    /// One label of a sample.
    public typealias Label = (name: String, value: String)

    /// Appends a series with one value: of a counter, a gauge or an unknown metric, or an info, whose value is 1.
    ///
    /// Meant for collectors that apps write. Labels are put into the order of their names, names lose characters that
    /// Prometheus' legacy set does not have, and of two equal names the last one counts. Of two series with equal labels
    /// the first one stays: parsers refuse a series that is there twice. A value that is not for the family's type, such
    /// as a negative counter, is exposed in text 0.0.4 and left out of OpenMetrics.
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
        guard let labels = newSeries(labels) else { return }
        append(sampleName: exposedName, labels: labels, value: type == .info ? 1 : value)
        add(SampleDetail(exemplar: exemplar, created: created))
    }

    /// Appends a series of a stateset: one sample for each state.
    ///
    /// - Parameters:
    ///   - labels: Names and values; not the family's name, which is that of the label that holds the state.
    ///   - states: The states; of two with one name the first one counts.
    public mutating func addStates(labels: [Label] = [], _ states: [(name: String, isOn: Bool)]) {
        let label = Self.exposedName(name)
        guard let labels = newSeries(labels, without: label) else { return }
        var names: Set<String> = []
        for state in states where names.insert(state.name).inserted {
            append(sampleName: name, labels: Self.labels(labels, and: label, state.name), value: state.isOn ? 1 : 0)
        }
    }

    /// Appends a series of a summary.
    ///
    /// - Parameters:
    ///   - labels: Names and values.
    ///   - count: How many values were observed.
    ///   - sum: Their sum.
    ///   - quantiles: Quantiles from 0 to 1, and their values; others, and a second one of a quantile, are left out.
    ///   - created: When the series began, in Unix seconds.
    public mutating func addSummary(
        labels: [Label] = [],
        count: Double,
        sum: Double,
        quantiles: [(quantile: Double, value: Double)] = [],
        created: Double? = nil
    ) {
        guard let labels = newSeries(labels, without: "quantile") else { return }
        var known: Set<Double> = []
        for (quantile, value) in quantiles where 0...1 ~= quantile && known.insert(quantile).inserted {
            // Both zeros are one quantile.
            let text = FloatText.string(quantile + 0, .openMetrics)
            append(sampleName: name, labels: Self.labels(labels, and: "quantile", text), value: value)
        }
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
    ///   - buckets: The buckets in any order; those of one bound are added up, and one without end is added where there
    ///     is none.
    ///   - sum: The sum of all observations.
    ///   - created: When the series began, in Unix seconds.
    public mutating func addHistogram(
        labels: [Label] = [],
        buckets: [Bucket],
        sum: Double,
        created: Double? = nil
    ) {
        guard let labels = newSeries(labels, without: "le") else { return }
        var buckets = buckets.filter { !$0.upperBound.isNaN }.sorted { $0.upperBound < $1.upperBound }
        if buckets.last?.upperBound != .infinity { buckets.append(Bucket(upperBound: .infinity, count: 0)) }
        var total = 0.0
        for (index, bucket) in buckets.enumerated() {
            total += bucket.count
            if index + 1 < buckets.count, buckets[index + 1].upperBound == bucket.upperBound { continue }
            // Both zeros are one bound.
            let bound = FloatText.string(bucket.upperBound + 0, .openMetrics)
            append(sampleName: name + "_bucket", labels: Self.labels(labels, and: "le", bound), value: total)
            add(SampleDetail(exemplar: bucket.exemplar))
        }
        append(sampleName: name + "_sum", labels: labels, value: sum)
        append(sampleName: name + "_count", labels: labels, value: total)
        add(SampleDetail(created: created))
    }

    /// The labels in the order of exposition; `nil` where a series with these was added before.
    ///
    /// - Parameters:
    ///   - labels: The labels that were given.
    ///   - innerName: The label that tells the samples of a series apart; a series cannot have it.
    private mutating func newSeries(_ labels: [Label], without innerName: String? = nil) -> [Label]? {
        let labels = Self.exposed(labels).filter { $0.name != innerName }
        var text: [UInt8] = []
        for label in labels { SampleText.appendLabel(name: label.name.utf8, value: label.value.utf8, to: &text) }
        guard addedLabels.insert(text).inserted else {
            duplicateSeries += 1
            return nil
        }
        return labels
    }

    /// A series' labels with the one that tells its samples apart.
    private static func labels(_ labels: [Label], and name: String, _ value: String) -> [Label] {
        exposed(labels + [(name: name, value: value)])
    }

    /// Labels with the names that they are exposed under, in their order, each once.
    private static func exposed(_ labels: [Label]) -> [Label] {
        MultiprocessKey.sortedByCodePoint(labels.map { (name: exposedName($0.name), value: $0.value) })
    }

    private static func exposedName(_ label: String) -> String {
        if SampleText.isLabelName(label.utf8) { return label }
        var name: [UInt8] = []
        SampleText.appendLabelName(label.utf8, to: &name)
        return String(decoding: name, as: UTF8.self)
    }

    /// Notes what the sample that was appended last has besides its value.
    private mutating func add(_ detail: SampleDetail) {
        guard detail.exemplar != nil || detail.created != nil else { return }
        details[values.count - 1] = detail
    }
}
