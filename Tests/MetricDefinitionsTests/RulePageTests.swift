import Foundation
import MetricDefinitions
import Testing

/// The page of rules is the table's.
@Suite struct RulePageTests {
    @Test func theCommittedPageIsFresh() throws {
        let page = String(decoding: try PackageFiles.read("Documentation/Rules.md"), as: UTF8.self)
        #expect(
            page == RuleExplanation.markdown(),
            "run 'metrics-generator explain --all --markdown > Documentation/Rules.md'"
        )
    }

    @Test(arguments: RuleTable.all.map(\.id.text))
    func everyRuleIsExplained(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        let text = RuleExplanation.text(rule)
        #expect(text.hasPrefix("\(id) (\(rule.severity.rawValue)): "))
        let examples = text.components(separatedBy: "\nBad:\n").last?.components(separatedBy: "\nGood:\n") ?? []
        try #require(examples.count == 2)
        let good = examples[1].components(separatedBy: "\nWhere it does not apply:")[0]
        #expect(examples[0] != good, "what is wrong must be seen")
        // Nothing that a terminal or a page would not show.
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !($0.properties.generalCategory == .control) })
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 420 })
    }

    @Test func theOverviewNamesEveryRule() {
        let overview = RuleExplanation.overview()
        for rule in RuleTable.all { #expect(overview.contains("  \(rule.id.text) ")) }
    }
}
