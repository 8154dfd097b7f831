import Foundation
import MetricDefinitions
import Testing

/// The reader against the parsers' test data of other projects.
@Suite(.enabled(if: SharedData.isThere, SharedData.reason)) struct ScrapeCorpusTests {
    static let openMetrics: [String] =
        SharedData.paths("openmetrics-parsers/good") + SharedData.paths("openmetrics-parsers/bad")

    @Test(arguments: openMetrics)
    func agreesWithTheCasesOfOpenMetrics(path: String) throws {
        struct Case: Decodable {
            var file: String
            var shouldParse: Bool
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: path + "/test.json"))
        let expected = try JSONDecoder().decode(Case.self, from: data)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(expected.file)")))
        let result = readScrape(bytes, .openMetrics)
        #expect(result.report.hasErrors != expected.shouldParse, "\(path)\n\(result.text)")
    }

    @Test(arguments: SharedData.paths("prometheus-common/parse-text"))
    func readsTheTextsOfPrometheus(path: String) throws {
        let row = try TextRow(path)
        let result = readScrape(row.input, .text)
        #expect(!result.report.hasErrors, "\(path)\n\(result.text)")
        let exposed = result.scrape.families.filter { !$0.samples.isEmpty }
        #expect(Set(exposed.map(\.name)) == Set(row.families.map(\.name)), "\(path)")
        for family in row.families {
            let read = exposed.first { $0.name == family.name }
            #expect((read?.help?.value ?? "") == family.help, "\(family.name)")
        }
    }

    @Test(arguments: SharedData.paths("prometheus-common/parse-text-error"))
    func refusesTheTextsThatPrometheusRefuses(path: String) throws {
        let row = try TextRow(path)
        let result = readScrape(row.input, .text)
        #expect(result.report.hasErrors == !row.error.isEmpty, "\(path)\n\(row.error)\n\(result.text)")
        // "… in line 3: …"
        guard let range = row.error.range(of: "in line "),
            let line = Int(row.error[range.upperBound...].prefix { $0.isNumber })
        else { return }
        #expect(result.report.diagnostics.first?.span.start.line == line, "\(path)\n\(row.error)\n\(result.text)")
    }
}

/// A row of a table of Prometheus' text parser tests.
struct TextRow {
    struct Family {
        var name: String
        var help: String
    }

    var input: [UInt8]
    /// The error's text; empty where there is none.
    var error: String
    var families: [Family]

    init(_ path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let row = try #require(root["row"] as? [String: Any])
        error = row["errUTF8"] as? String ?? ""
        families = (row["out"] as? [[String: Any]] ?? []).map { family in
            Family(name: family["Name"] as? String ?? "", help: family["Help"] as? String ?? "")
        }
        if let text = row["in"] as? String {
            input = Array(text.utf8)
            return
        }
        let hex = try #require((row["in"] as? [String: Any])?["$bytes_hex"] as? String)
        let digits = Array(hex)
        input = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }
}
