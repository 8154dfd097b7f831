import MetricsRuntime

extension MetricSnapshot {
    /// One gauge with that many series, for answers of a wanted size.
    static func gauge(_ name: String = "temperature_celsius", series: Int = 1) -> MetricSnapshot {
        var family = MetricFamily(name: name, type: .gauge, documentation: "A gauge of the tests")
        for index in 0..<series {
            family.sampleText += Array(#"\#(name){room="\#(index)"}"#.utf8)
            family.sampleEnds.append(family.sampleText.count)
            family.values.append(Double(index) + 0.5)
        }
        return MetricSnapshot(families: [family])
    }
}
