import MetricDefinitions
import Testing

/// Every rule about scrapes has an example that breaks it, and one near to it that does not.
@Suite struct ScrapeRuleTests {
    static let rules: [Rule] = RuleTable.all.filter { rule in
        if case .scrape = rule.bad { true } else { false }
    }

    @Test func thereAreRulesForReadingImportingAndVerifying() {
        for prefix in ["scrape-", "import-", "verify-"] {
            #expect(Self.rules.contains { $0.id.text.hasPrefix(prefix) })
        }
    }

    @Test(arguments: rules.map(\.id.text))
    func badExampleBreaksTheRule(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        let found = try problems(of: rule.bad, rule)
        #expect(found.contains { $0.rule == rule.id && $0.severity == rule.severity }, "\(found)")
    }

    @Test(arguments: rules.map(\.id.text))
    func goodExampleIsWithoutProblems(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        #expect(try problems(of: rule.good, rule).isEmpty)
    }

    private func problems(of example: RuleExample, _ rule: Rule) throws -> [Diagnostic] {
        guard case .scrape(let source, let definitions) = example else { return [] }
        let read = readScrape(source.bytes, nil)
        guard !read.report.hasErrors else { return read.report.diagnostics }
        var found = read.report.diagnostics
        if rule.id.text.hasPrefix("import-") {
            found += ScrapeImporter.definitions(of: read.scrape).warnings.diagnostics
        }
        if let definitions {
            let result = DefinitionPipeline().run([definitions])
            let model = try #require(result.model, "\(result.text)")
            found += ScrapeVerifier.verify(read.scrape, against: model).findings
        }
        return found
    }
}
