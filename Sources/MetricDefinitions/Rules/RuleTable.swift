/// Every rule there is, from which checks, explanations, documentation and tests are made.
package enum RuleTable {
    package static let families: [RuleFamily] = [
        FileRules.family,
        KeyRules.family,
        NameRules.family,
        SuffixRules.family,
        NameLints.family,
        UnitRules.family,
        UnitLints.family,
        HelpLints.family,
        LabelRules.family,
        LabelLints.family,
        BucketRules.family,
        BucketLints.family,
        TypeRules.family,
        TypeLints.family,
        LifecycleRules.family,
        CrossFileRules.family,
        SwiftNameRules.family,
        TemplateRules.family,
        ScrapeRules.rules,
        ImportRules.family,
        VerifyRules.family,
    ]

    package static let all: [Rule] = families.flatMap(\.rules)

    private static let byID: [Rule.ID: Rule] = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

    package static func rule(_ id: Rule.ID) -> Rule? { byID[id] }
}
