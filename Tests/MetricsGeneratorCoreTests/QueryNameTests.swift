import Foundation
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// Dashboards, rules and pages of metrics whose names mean something else there.
@Suite(.blocking) struct QueryNameTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let definitions = try Self.writeWords(to: folder)
        for target in ["grafana", "rules", "markdown"] {
            var run = GenerateRun(definitions: [definitions], output: folder.path("out"))
            run.target = target
            let outcome = run.run()
            try #require(outcome.code == .success, "\(outcome.standardError)")
        }
    }

    private func dashboard() throws -> [String: Any] {
        let text = try folder.read("out/GeneratedMetrics.dashboard.json")
        return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Names that are words of PromQL, and a label that is called as the dashboard's choice of a data source.
    private static func writeWords(to folder: TemporaryFolder) throws -> String {
        let words = ["on", "bool", "atan2", "inf", "NaN", "by", "without", "group_left", "offset", "datasource"]
        let metrics = words.enumerated().map { index, word in
            let labels = "labels: [{name: \(word), values: [a, b]}, {name: note, max_values: 20000}]"
            let keys = "documentation: Things of this kind, \(labels), max_series: 9, deprecated: {message: Gone}"
            return """
                  - {name: \(word), swift_name: Gauge\(index), type: gauge, \(keys)}
                  - {name: x_\(word)_seconds, type: histogram, unit: seconds, \(keys)}
                  - {name: x_\(word)_total, swift_name: X\(index), type: counter, documentation: X, labels: [datasource]}

                """
        }
        let states = "  - {name: ignoring, type: stateset, documentation: State, states: [a, b], labels: [note]}\n"
        return try folder.write("metrics:\n" + metrics.joined() + states, to: "D/words.yaml")
    }

    @Test func theChoiceOfADataSourceIsNoLabel() throws {
        let templating = try #require(dashboard()["templating"] as? [String: Any])
        let variables = try #require(templating["list"] as? [[String: Any]])
        #expect(variables.compactMap { $0["name"] as? String } == ["datasource", "note", "datasource_label"])
        let text = try folder.read("out/GeneratedMetrics.dashboard.json")
        #expect(text.contains(#"label_values(x_on_total, datasource)"#))
        #expect(text.contains(#"x_on_total{datasource=~\"$datasource_label\"}"#))
        #expect(text.contains(#"{__name__=\"ignoring\",note=~\"$note\"}"#))
    }

    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func promtoolTakesQueriesOfNamesThatAreWordsOfIt() throws {
        let promtool = try #require(Program.promtool)
        // What pages and dashboards ask, as rules.
        let panels = try #require(dashboard()["panels"] as? [[String: Any]])
        let targets = panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }
        let page = try folder.read("out/GeneratedMetrics.md").components(separatedBy: "```promql\n").dropFirst()
        let queries =
            targets.compactMap { ($0["expr"] as? String)?.replacingOccurrences(of: "$__rate_interval", with: "5m") }
            + page.compactMap { $0.components(separatedBy: "\n```").first }
        let rules = queries.enumerated().map { ["record": "job:query\($0.offset)", "expr": $0.element] }
        let file = ["groups": [["name": "queries", "rules": rules] as [String: Any]]]
        try folder.write(
            String(
                decoding: JSONSerialization.data(withJSONObject: file, options: .withoutEscapingSlashes),
                as: UTF8.self
            ),
            to: "out/queries.yaml"
        )
        for name in ["GeneratedMetrics.rules.yaml", "queries.yaml"] {
            let check = try Program.run(promtool, ["check", "rules", folder.path("out/\(name)")])
            #expect(check.code == 0, "\(check.output)")
        }
    }
}
