/// Every sample name that a metric may have in any format, and the name of its family.
package enum SampleNames {
    /// The names of samples, the metric's own among them.
    package static func names(of name: String, type: MetricType) -> [String] {
        switch type {
        case .counter:
            let family = family(of: name, type: type)
            return name == family ? [name, family + "_total", family + "_created"] : [name, family + "_created"]
        case .histogram: return ["", "_bucket", "_count", "_sum", "_created"].map { name + $0 }
        case .summary: return ["", "_count", "_sum", "_created"].map { name + $0 }
        case .info, .gauge, .stateset, .unknown: return [name]
        }
    }

    /// The name of the family in OpenMetrics, where `_total` and `_info` belong to the samples.
    package static func family(of name: String, type: MetricType) -> String {
        switch type {
        case .counter where name.hasSuffix("_total"): String(name.dropLast("_total".count))
        case .info where name.hasSuffix("_info"): String(name.dropLast("_info".count))
        default: name
        }
    }
}
