import Foundation
import Testing

/// The alerts that the guides give to operators wake somebody when they should.
@Suite(.timeLimit(.minutes(2)))
struct AlertTests {
    private static let pages = ["Documentation/Operations.md", "Documentation/SeveralProcesses.md"]

    private func rules(_ path: String) throws -> String {
        let block = try MarkdownPage(path: path).blocks.first { $0.lines.first == "groups:" }
        return try #require(block, "\(path) has no rules").text
    }

    private func expressions(_ path: String) throws -> [String: String] {
        let alerts = try rules(path).matches(of: #/- alert: (\w+).*\n +expr: (.+)\n/#)
        return Dictionary(alerts.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func guidesAgree() throws {
        let (operations, processes) = (try expressions(Self.pages[0]), try expressions(Self.pages[1]))
        #expect(!processes.isEmpty)
        for (name, expression) in processes { #expect(operations[name] == expression, "\(name)") }
    }

    /// A directory that never worked makes a counter that begins with 1 and stays there.
    @Test(arguments: pages)
    func storageFaultsWakeSomebody(_ page: String) async throws {
        let folder = try TemporaryFolder()
        guard try await ShellRun("command -v promtool", in: folder.url).code == 0 else { return }
        try folder.write(try rules(page), to: "rules.yaml")
        func expectation(_ minute: Int, _ instances: [String]) -> String {
            let alerts = instances.map {
                "          - exp_labels: {job: shop, instance: \($0), operation: createDirectory}\n"
            }
            return """
                      - eval_time: \(minute)m
                        alertname: MetricsStorageFaults
                        exp_alerts:\(alerts.isEmpty ? " []" : "")

                """ + alerts.joined()
        }
        func series(_ instance: String, _ values: String) -> String {
            let name = #"metrics_storage_faults_total{job="shop",instance="\#(instance)",operation="createDirectory"}"#
            return """
                      - series: '\(name)'
                        values: '\(values)'

                """
        }
        try folder.write(
            "rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n"
                + series("born", "_x20 1x60") + series("grows", "2x40 3x40") + series("rests", "5x80")
                + "    alert_rule_test:\n"
                // What is there at a server's first scrape is new to it.
                + expectation(5, ["grows", "rests"]) + expectation(15, []) + expectation(25, ["born"])
                + expectation(35, []) + expectation(45, ["grows"]) + expectation(60, []),
            to: "test.yaml"
        )
        let run = try await ShellRun("promtool test rules test.yaml", in: folder.url)
        #expect(run.code == 0, "\(run.output)")
    }
}
