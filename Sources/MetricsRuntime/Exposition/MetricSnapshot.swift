/// What one scrape exposes: metric families in order, each exactly once.
public struct MetricSnapshot: Sendable {
    /// The families in the order of exposition.
    public var families: [MetricFamily]

    /// Creates a snapshot of the given families.
    public init(families: [MetricFamily] = []) {
        self.families = families
    }

    /// The family of that name, without `_total` for a counter; `nil` where there is none.
    public func family(_ name: String) -> MetricFamily? {
        families.first { $0.name == name }
    }

    /// The value of one sample by its text, such as `requests_total{worker_id="w"}`; `nil` where there is none.
    ///
    /// Labels stand in the text in the order of their names. Meant for tests.
    public func value(_ sample: String) -> Double? {
        for family in families {
            if let value = family.value(sample) { return value }
        }
        return nil
    }
}
