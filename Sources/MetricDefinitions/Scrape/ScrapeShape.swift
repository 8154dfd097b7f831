/// What the series of a family have in common: labels, buckets, and how many there are.
struct ScrapeShape {
    /// The labels of its series by their numbers, in the order of their first appearance, with the number of samples
    /// that have them.
    private(set) var labels: [(number: UInt32, samples: Int)] = []
    /// The bounds of buckets in order, with the number of series that have them.
    private(set) var bounds: [(bound: Double, series: Int)] = []
    /// The states of a state set, in the order of their first appearance.
    private(set) var states: [String] = []
    private(set) var hasQuantiles = false
    /// Whether every sample is 1.
    private(set) var isAlwaysOne = true
    /// The number of series, a histogram or summary counting as one.
    private(set) var seriesCount = 0
    let sampleCount: Int

    init(_ family: ScrapeFamily, in scrape: Scrape) {
        sampleCount = family.samples.count
        var positions: [UInt32: Int] = [:]
        var boundCounts: [Double: Int] = [:]
        var seenStates: Set<String> = []
        var counts: [SamplePart: Int] = [:]
        for sample in family.samples {
            counts[sample.part, default: 0] += 1
            if sample.value != 1 { isAlwaysOne = false }
            let own = Self.ownLabel(of: sample, in: family)
            if own == "quantile", scrape.value(of: "quantile", in: sample) != nil { hasQuantiles = true }
            var isNewLabel = false
            for label in scrape.labels(of: sample) {
                let name = scrape.name(of: label)
                if name == own {
                    if own == "le" {
                        let value = ScrapeNumber.value(ScrapeEscapes.value(of: label, in: scrape.bytes)[...])
                        if let value, !value.isNaN { boundCounts[value, default: 0] += 1 }
                    } else if own == family.name {
                        let state = scrape.value(of: label)
                        if seenStates.insert(state).inserted { states.append(state) }
                    }
                } else if let position = positions[label.name] {
                    labels[position].samples += 1
                } else {
                    isNewLabel = true
                }
            }
            guard isNewLabel else { continue }
            for label in scrape.labels(of: sample).sorted(by: { $0.start < $1.start })
            where scrape.name(of: label) != own && positions[label.name] == nil {
                positions[label.name] = labels.count
                labels.append((label.name, 1))
            }
        }
        bounds = boundCounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        seriesCount =
            switch family.resolvedType {
            case .histogram, .gaugeHistogram: max(counts[.count] ?? 0, boundCounts[.infinity] ?? 0)
            case .summary: counts[.count] ?? counts[.sum] ?? 0
            case .counter where scrape.format == .openMetrics: counts[.total] ?? 0
            default: sampleCount
            }
    }

    /// The label that belongs to the type, and tells the samples of one series apart.
    static func ownLabel(of sample: ScrapeSample, in family: ScrapeFamily) -> String? {
        switch (family.resolvedType, sample.part) {
        case (.histogram, .bucket), (.gaugeHistogram, .bucket): "le"
        case (.summary, .value): "quantile"
        case (.stateset, _): family.name
        default: nil
        }
    }

    /// Whether all series have the same buckets.
    var hasEqualBounds: Bool { bounds.allSatisfy { $0.series == (bounds.last?.series ?? 0) } }
}
