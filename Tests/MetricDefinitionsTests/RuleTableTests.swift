import MetricDefinitions
import Testing

/// Every rule has an example that breaks it, and one near to it that does not: the table is its own test suite.
@Suite struct RuleTableTests {
    static let definitionRules: [Rule] = RuleTable.all.filter { rule in
        rule.bad.sources != nil
    }

    @Test(arguments: definitionRules.map(\.id.text))
    func badExampleBreaksTheRule(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        let result = try DefinitionPipeline(isPedantic: true).run(#require(rule.bad.sources))
        #expect(result.rules.contains(id), "\(result.text)")
        #expect((result.model == nil) == result.report.hasErrors)
        let severities = result.report.diagnostics.filter { $0.rule == rule.id }.map(\.severity)
        #expect(severities.contains(rule.severity))
    }

    @Test(arguments: definitionRules.map(\.id.text))
    func goodExampleIsWithoutProblems(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        let result = try DefinitionPipeline().run(#require(rule.good.sources))
        #expect(result.rules.isEmpty, "\(result.text)")
        #expect(result.model != nil)
        let pedantic = try DefinitionPipeline(isPedantic: true).run(#require(rule.good.sources))
        #expect(!pedantic.rules.contains(id), "\(pedantic.text)")
    }

    @Test func identifiersAreUniqueAndTextsComplete() {
        let ids = RuleTable.all.map(\.id.text)
        #expect(Set(ids).count == ids.count)
        for rule in RuleTable.all {
            #expect(!rule.summary.isEmpty && !rule.why.isEmpty)
            #expect(rule.id.text.allSatisfy { $0.isLowercase || $0 == "-" })
        }
    }
}
