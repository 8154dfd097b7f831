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
        #expect(text.contains("\nBad:\n") && text.contains("\nGood:\n"))
        // Nothing that a terminal or a page would not show.
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !($0.properties.generalCategory == .control) })
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 420 })
    }

    @Test func theOverviewNamesEveryRule() {
        let overview = RuleExplanation.overview()
        for rule in RuleTable.all { #expect(overview.contains("  \(rule.id.text) ")) }
    }
}
