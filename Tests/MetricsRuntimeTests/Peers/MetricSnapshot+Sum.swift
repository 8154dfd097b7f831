import MetricsRuntime

extension MetricSnapshot {
    /// The sum of all samples of that name, whatever their labels.
    func sum(_ sample: String) -> Double {
        families.filter { sample.hasPrefix($0.name) }.reduce(0) { sum, family in
            family.values.indices.reduce(sum) { sum, index in
                family.sample(at: index).prefix { $0 != "{" } == sample ? sum + family.values[index] : sum
            }
        }
    }
}
