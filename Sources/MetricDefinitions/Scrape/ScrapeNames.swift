/// Which metric a family of a scrape is, by its name.
package enum ScrapeNames {
    /// The definition's name of a family: OpenMetrics keeps `_total` and `_info` out of the names of families.
    static func metricName(of family: ScrapeFamily, in format: ScrapeFormat) -> String {
        guard format == .openMetrics else { return family.name }
        switch family.resolvedType {
        case .counter: return family.name + "_total"
        case .info: return family.name + "_info"
        default: return family.name
        }
    }

    /// The families that clients add to text 0.0.4 to say when the series of another family began.
    static func createdCompanions(in scrape: Scrape) -> Set<String> {
        guard scrape.format == .text else { return [] }
        var types: [String: ScrapeType] = [:]
        for family in scrape.families { types[family.name] = family.resolvedType }
        var companions: Set<String> = []
        for family in scrape.families where family.name.hasSuffix("_created") && family.resolvedType == .gauge {
            let base = String(family.name.dropLast("_created".count))
            let owner = types[base] ?? types[base + "_total"]
            if owner == .counter || owner == .histogram || owner == .summary { companions.insert(family.name) }
        }
        return companions
    }
}
