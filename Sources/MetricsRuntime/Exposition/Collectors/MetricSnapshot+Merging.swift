extension MetricSnapshot {
    /// Appends families whose samples no family has that is there already.
    ///
    /// Parsers refuse an exposition in which two families share a sample's name, so of two the first one stays. Families
    /// without samples are left out.
    ///
    /// - Returns: The names of the families that are left out because another one has a name of theirs.
    @discardableResult
    public mutating func append(_ added: [MetricFamily]) -> [String] {
        guard !added.isEmpty else { return [] }
        var names = FamilyNameClaims()
        for family in families { _ = names.claim(family) }
        return names.append(added, to: &families)
    }

    /// The snapshot without the families that nobody asked for.
    ///
    /// - Parameter names: Names of families or of their samples, such as `requests`, `requests_total` or
    ///   `latency_seconds_bucket`.
    public func filtered(by names: Set<String>) -> MetricSnapshot {
        MetricSnapshot(families: families.filter { !names.isDisjoint(with: $0.reservedNames) })
    }
}

extension MetricFamily {
    /// The family's name and all that its samples may have, as they are exposed.
    package var reservedNames: [String] {
        var bytes: [UInt8] = []
        SampleText.appendMetricName(name.utf8, to: &bytes)
        let name = String(decoding: bytes, as: UTF8.self)
        return switch type {
        case .counter: [name, name + "_total", name + "_created"]
        case .gauge, .stateset, .unknown: [name]
        case .info: [name, name + "_info"]
        case .summary: [name, name + "_sum", name + "_count", name + "_created"]
        case .histogram: [name, name + "_bucket", name + "_sum", name + "_count", name + "_created"]
        }
    }
}
