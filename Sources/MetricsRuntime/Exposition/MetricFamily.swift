/// One metric family with its samples, laid out for writing.
///
/// The text before each value, `name{label="value",…}`, is the same in every text format, so it is rendered once
/// and kept: all texts of a family stand back to back in one buffer, and a scrape copies them.
public struct MetricFamily: Sendable {
    /// The family's name: without `_total` for a counter and without `_info` for an info.
    public var name: String
    /// The family's type.
    public var type: MetricType
    /// The help text, not escaped.
    public var documentation: String
    /// The unit, or an empty text.
    public var unit: String
    /// The samples' values, in order of exposition.
    public package(set) var values: [Double] = []
    /// The UTF-8 text of every sample's name and labels, back to back, escaped, in the order of `values`.
    package var sampleText: [UInt8] = []
    /// Where each sample's text ends in `sampleText`.
    package var sampleEnds: [Int] = []
    /// Exemplars and beginnings by the index of their sample; most families have none.
    package var details: [Int: SampleDetail] = [:]
    /// Whether a histogram has a bucket below zero, so that its sum may fall.
    package var hasNegativeBounds = false
    /// The labels of the series that a collector added, so that none is there twice.
    var addedLabels: Set<[UInt8]> = []
    /// How many series a collector added that were there already; they are left out.
    package var duplicateSeries = 0
    /// Whether a sample's name may be none of this type's: one family of two types, in the files of two programs.
    package var mayHaveForeignSamples = false
    /// Whether the family's help and type are exposed even while it has no samples.
    ///
    /// Python's collector does so for a gauge in mode `mostrecent` that nobody has set yet.
    package var isExposedWhenEmpty = false

    /// Creates a family without samples.
    public init(name: String, type: MetricType, documentation: String, unit: String = "") {
        self.name = name
        self.type = type
        self.documentation = documentation
        self.unit = unit
    }

    /// The text of one sample's name and labels, such as `requests_total{worker_id="w"}`.
    public func sample(at index: Int) -> String {
        let start = index == 0 ? 0 : sampleEnds[index - 1]
        return String(decoding: sampleText[start..<sampleEnds[index]], as: UTF8.self)
    }

    /// The value of the sample with that text, or `nil`.
    public func value(_ sample: String) -> Double? {
        for index in values.indices where self.sample(at: index) == sample {
            return values[index]
        }
        return nil
    }
}
