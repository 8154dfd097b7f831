/// Every sample name that a metric may have in any format, and the name of its family.
enum SampleNames {
    static func names(of name: String, type: MetricType) -> [String] {
        switch type {
        case .counter:
            let family = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
            return [family, family + "_total", family + "_created"]
        case .histogram: return ["", "_bucket", "_count", "_sum", "_created"].map { name + $0 }
        case .summary: return ["", "_count", "_sum", "_created"].map { name + $0 }
        case .info:
            let family = name.hasSuffix("_info") ? String(name.dropLast("_info".count)) : name
            return [family, family + "_info"]
        case .gauge, .stateset, .unknown: return [name]
        }
    }
}
