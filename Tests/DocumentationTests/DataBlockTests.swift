import Foundation
import Testing

/// Every piece of YAML and JSON in the README and the guides is taken by what reads such files.
@Suite(.timeLimit(.minutes(5)))
struct DataBlockTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let page: String
        let block: MarkdownPage.Block

        var testDescription: String { "\(page):\(block.start)" }
    }

    private static func cases(_ language: String) -> [Case] {
        // The page of rules shows what is wrong too; it is made of the table of rules, whose examples have tests.
        MarkdownPage.all.filter { $0.path != "Documentation/Rules.md" }.flatMap { page in
            page.blocks.filter { $0.language == language && $0.notes("not tested").isEmpty }.map {
                Case(page: page.path, block: $0)
            }
        }
    }

    /// Blocks with a file's name are steps of a guide whose commands are run over them, mistakes included.
    private static let yaml = cases("yaml").filter { $0.block.notes("file").isEmpty }

    @Test(arguments: yaml)
    func yamlIsWhatItLooksLike(_ example: Case) async throws {
        let text = example.block.text
        let first = text.split(separator: "\n").first { !$0.hasPrefix("#") } ?? ""
        let folder = try TemporaryFolder()
        let line: String
        if first.hasPrefix("namespace:") || first.hasPrefix("metrics:") || first.hasPrefix("label_sets:") {
            try folder.write(text, to: "block.yaml")
            line = "metrics-generator validate --definitions block.yaml"
        } else if first.hasPrefix("- name:") {
            try folder.write("metrics:\n" + text, to: "block.yaml")
            line = "metrics-generator validate --definitions block.yaml"
        } else if first.hasPrefix("groups:") {
            try folder.write(text, to: "block.yaml")
            line = "promtool check rules block.yaml"
        } else if first.hasPrefix("scrape_configs:") || first.hasPrefix("global:") || first.hasPrefix("rule_files:") {
            try folder.write(text, to: "block.yaml")
            line = "promtool check config --syntax-only block.yaml"
        } else {
            Issue.record("nothing is known that reads a file which begins with '\(first)'")
            return
        }
        if line.hasPrefix("promtool"), try await ShellRun("command -v promtool", in: folder.url).code != 0 { return }
        let run = try await ShellRun(line, in: folder.url)
        #expect(run.code == 0, "\(run.output)")
    }

    @Test(arguments: cases("json"))
    func jsonIsJSON(_ example: Case) throws {
        _ = try JSONSerialization.jsonObject(with: Data(example.block.text.utf8))
    }

    @Test func thereAreBlocks() {
        #expect(Self.yaml.count >= 5)
        #expect(!Self.cases("json").isEmpty)
    }
}
