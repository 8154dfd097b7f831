import Foundation
import MetricDefinitions
import Testing

/// What `--profile promlint` finds is what promlint finds: cases of its own tests.
@Suite struct PromlintTests {
    private static let paths = SharedData.paths("client_golang/promlint")

    private struct Case {
        var text: String
        var problems: [String]
    }

    @Test(.enabled(if: SharedData.isThere, SharedData.reason))
    func agreesWithPromlintsOwnCases() throws {
        var count = 0
        for path in Self.paths {
            guard let example = try read(path) else { continue }
            count += 1
            let report = PromlintProfile.run([SourceFile(path: "a.yaml", text: definitions(of: example.text))])
            #expect(report.diagnostics.map(\.message).sorted() == example.problems.sorted(), "\(path)")
        }
        #expect(count > 20)
    }

    /// Cases by hand for what the others leave out.
    @Test(arguments: [
        (
            "{name: x_milliamperes, type: unknown, documentation: X}",
            ["use base unit \"amperes\" instead of \"milliamperes\""]
        ),
        ("{name: x_mebibytes, type: unknown, documentation: X}", []),
        (
            "{name: http_requests_counter, type: counter, documentation: X}",
            ["counter metrics should have \"_total\" suffix", "metric name should not include type 'counter'"]
        ),
        ("{name: \"a:b_seconds\", type: histogram, documentation: X}", ["metric names should not contain ':'"]),
        (
            "{name: requestDuration, type: histogram, documentation: X, labels: [httpService]}",
            [
                "metric names should be written in 'snake_case' not 'camelCase'",
                "label names should be written in 'snake_case' not 'camelCase'",
            ]
        ),
        (
            "{name: x_sum, type: counter, documentation: X}",
            [
                "counter metrics should have \"_total\" suffix",
                "non-histogram and non-summary metrics should not have \"_sum\" suffix",
            ]
        ),
    ])
    func finds(metric: String, problems: [String]) {
        let report = PromlintProfile.run([SourceFile(path: "a.yaml", text: "metrics:\n  - \(metric)\n")])
        let texts = report.diagnostics.map { $0.message.drop { $0 != " " }.dropFirst() }
        #expect(texts.map(String.init).sorted() == problems.sorted())
    }

    private func read(_ path: String) throws -> Case? {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
        let row = try #require((json as? [String: Any])?["row"] as? [String: Any])
        if let text = row["in"] as? String {
            let problems = (row["problems"] as? [[String: Any]] ?? []).map { problem in
                // A constant of the test's stands as a reference.
                "\(problem["Metric"] as? String ?? "") \(problem["Text"] as? String ?? "no help text")"
            }
            return Case(text: text, problems: problems)
        }
        guard let arguments = row["args"] as? [String], let metric = arguments.first else { return nil }
        let type = arguments.count == 3 ? arguments[1] : "gauge"
        let text = "# HELP \(metric) Test metric.\n# TYPE \(metric) \(type)\n\(metric) 10\n"
        let problem =
            arguments.count == 3
            ? "metric name should not include type '\(arguments[2])'"
            : "metric names should not contain abbreviated units"
        return Case(text: text, problems: ["\(metric) \(problem)"])
    }

    /// The definitions that a scrape would come from.
    private func definitions(of scrape: String) -> String {
        var help: [String: String] = [:]
        var types: [(name: String, type: String)] = []
        var labels: [String: Set<String>] = [:]
        for line in scrape.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP"), words.count == 4 {
                help[words[2]] = words[3]
            } else if line.hasPrefix("# TYPE") {
                types.append((words[2], words[3]))
            } else if !line.hasPrefix("#"), let open = line.firstIndex(of: "{"), let type = types.last {
                let pairs = line[open...].dropFirst().prefix { $0 != "}" }.split(separator: ",")
                let own = ["histogram": "le", "summary": "quantile"][type.type]
                labels[type.name, default: []].formUnion(
                    pairs.map { String($0.prefix { $0 != "=" }) }.filter { $0 != own }
                )
            }
        }
        let metrics = types.map { name, type in
            var keys = "name: \"\(name)\", type: \(type == "untyped" ? "unknown" : type)"
            if let text = help[name] { keys += ", documentation: \"\(text)\"" }
            if let names = labels[name] { keys += ", labels: [\(names.sorted().joined(separator: ", "))]" }
            return "  - {\(keys)}\n"
        }
        return "metrics:\n" + metrics.joined()
    }
}
