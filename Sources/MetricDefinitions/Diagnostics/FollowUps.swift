/// Drops what only follows from another problem at the same place.
enum FollowUps {
    /// Rules with those that say less at the same place.
    private static let consequences: [Rule.ID: Set<Rule.ID>] = [
        CrossFileRules.sampleNameClash.id: [SuffixRules.reserved.id],
        CrossFileRules.duplicateMetric.id: [
            SuffixRules.reserved.id, SuffixRules.counterTotal.id, SuffixRules.familyReserved.id,
        ],
        SwiftNameRules.clash.id: [NameLints.camelCase.id, NameLints.snakeCase.id, NameLints.similarName.id],
        NameRules.namespacePrefix.id: [NameLints.standardPrefix.id, NameLints.scrapePrefix.id],
        UnitLints.timeSince.id: [UnitLints.durationGauge.id],
        NameLints.typeInName.id: [NameLints.redundantWord.id],
    ]

    static func dropping(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var dropped: [SourceSpan: Set<Rule.ID>] = [:]
        for diagnostic in diagnostics {
            guard let rules = consequences[diagnostic.rule] else { continue }
            dropped[diagnostic.span, default: []].formUnion(rules)
        }
        guard !dropped.isEmpty else { return diagnostics }
        return diagnostics.filter { dropped[$0.span]?.contains($0.rule) != true }
    }
}
