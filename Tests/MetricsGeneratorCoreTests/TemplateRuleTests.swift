import MetricDefinitions
import Testing

@testable import MetricsGeneratorCore

/// Templates are checked against the model before they are rendered.
@Suite struct TemplateRuleTests {
    private func problems(_ template: String, _ partials: [String: String] = [:]) throws -> [String] {
        let definitions = "{{! output: [file].swift }}\n" + template
        let library = TemplateLibrary(partials.merging(["swift-definitions": definitions]) { first, _ in first })
        let target = try OutputTarget(templates: library, registryName: "GeneratedMetrics")
        let report = target.checkTemplates()
        return report.diagnostics.map {
            "\($0.span.start.line - ($0.message.contains("partial") ? 0 : 1)):\($0.span.start.column) \($0.rule)"
        }
    }

    static let rules: [String] = RuleTable.all.compactMap { rule in
        if case .template = rule.bad { rule.id.text } else { nil }
    }

    @Test(arguments: rules)
    func examples(id: String) throws {
        let rule = try #require(RuleTable.rule(Rule.ID(id)))
        guard case .template(let bad) = rule.bad, case .template(let good) = rule.good else { return }
        #expect(try problems(bad).contains { $0.hasSuffix(id) })
        #expect(try problems(good).isEmpty)
    }

    @Test(arguments: [
        ("{{source}} {{{source}}} {{& source }} {{! any thing }}", [String]()),
        ("{{#metrics}}{{#labels}}{{source}}{{labelName}}{{/labels}}{{/metrics}}", []),
        ("{{#metrics}}{{#bounds}}{{.}}{{^last()}}, {{/last()}}{{/bounds}}{{/metrics}}", []),
        ("{{#metrics}}{{/metrics}}{{swiftName}}", ["1:27 template-unknown-name"]),
        ("{{^metrics}}{{name}}{{/metrics}}", ["1:15 template-unknown-name"]),
        ("{{=<% %>=}}<%sorce%>{{ignored}}", ["1:14 template-unknown-name"]),
        ("é{{sorce}}", ["1:4 template-unknown-name"]),
        ("{{#metrics}}{{.source}}{{/metrics}}", ["1:15 template-unknown-name"]),
        ("{{#metrics}}{{^lst()}}{{/lst()}}{{/metrics}}", ["1:16 template-unknown-name"]),
        ("{{metrics}}{{count(metrics)}}", ["1:3 template-not-text"]),
        ("{{#metrics}}{{bounds}}{{isCounter}}{{unit}}{{/metrics}}", ["1:15 template-not-text"]),
        (
            "{{.}}{{#metrics}}{{^isGauge}}{{.}}{{/isGauge}}{{/metrics}}",
            ["1:3 template-not-text", "1:32 template-not-text"]
        ),
        ("{{#metrics}}{{#bounds}}{{#first()}}{{.}}{{/first()}}{{/bounds}}{{#unit}}{{.}}{{/unit}}{{/metrics}}", []),
        ("{{source", ["1:1 template-syntax"]),
        ("{{/metrics}}", ["1:4 template-syntax"]),
        ("{{#metrics}}\n{{/labels}}", ["2:4 template-syntax"]),
        ("{{> nowhere}}", ["1:5 template-syntax"]),
    ])
    func tags(template: String, expected: [String]) throws {
        #expect(try problems(template) == expected)
    }

    @Test func delimitersMayLookLikeSigils() throws {
        #expect(try !problems("{{=# #=}}##").isEmpty)
    }

    @Test func partialsAreCheckedWhereTheyAreIncluded() throws {
        #expect(try problems("{{#metrics}}{{> part}}{{/metrics}}", ["part": "{{swiftName}}"]).isEmpty)
        let unknown = try problems("{{> part}}", ["part": "{{swiftName}}"])
        #expect(unknown.count == 1 && unknown[0].hasSuffix(" template-unknown-name"), "\(unknown)")
        let endless = try problems("{{> part}}", ["part": "{{> part}}"])
        #expect(endless.count == 1 && endless[0].hasSuffix(" template-syntax"), "\(endless)")
    }
}
