/// The names that the samples of a family may have.
struct SampleNames: Sendable {
    private let name: [UInt8]
    private let suffixes: [[UInt8]]

    init(_ family: MetricFamily) {
        var name: [UInt8] = []
        SampleText.appendMetricName(family.name.utf8, to: &name)
        self.name = name
        let suffixes =
            switch family.type {
            case .counter: ["_total"]
            case .info: ["_info"]
            case .gauge, .stateset, .unknown: [""]
            case .summary: ["", "_sum", "_count"]
            case .histogram: ["_bucket", "_sum", "_count"]
            }
        self.suffixes = suffixes.map { Array($0.utf8) }
    }

    /// Whether the name in front of a sample's labels is one of them.
    func contain(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        guard sample.count >= name.count, sample.prefix(name.count).elementsEqual(name) else { return false }
        let rest = sample.dropFirst(name.count)
        return suffixes.contains { suffix in
            guard rest.starts(with: suffix) else { return false }
            let end = rest.startIndex + suffix.count
            return end == rest.endIndex || sample[end] == UInt8(ascii: "{")
        }
    }
}
