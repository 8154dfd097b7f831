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

    /// The counters of faults appear with their first one, which may be the last.
    @Test(arguments: pages)
    func faultsWakeSomebody(_ page: String) async throws {
        let folder = try TemporaryFolder()
        guard try await ShellRun("command -v promtool", in: folder.url).code == 0 else { return }
        try folder.write(try rules(page), to: "rules.yaml")
        let faults = [
            ("MetricsStorageFaults", "metrics_storage_faults_total"),
            ("MetricsEntriesSkipped", "metrics_entries_skipped_total"),
            ("MetricsSeriesFolded", "metrics_series_folded_total"),
        ]
        let histories = [
            ("born", "_x20 1x100"), ("grows", "2x40 3x80"), ("rests", "5x120"), ("none", "0x120"),
            // The process ends and begins again, or its scrapes fail for a while.
            ("again", "5x40 stale _x5 0x14 2x59"), ("gone", "5x40 stale _x20 5x58"), ("missed", "5x40 stale _x20 6x58"),
        ]
        let firing: [(minute: Int, instances: [String])] = [
            // What is there at a server's first scrape is new to it.
            (5, ["again", "gone", "grows", "missed", "rests"]), (15, []), (25, ["born"]), (35, []), (45, ["grows"]),
            (55, []), (65, ["again", "missed"]), (75, []), (119, []),
        ]
        var text = "rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n"
        for (_, counter) in faults {
            for (instance, values) in histories {
                text += "      - {series: '\(counter){job=\"shop\",instance=\"\(instance)\"}', values: '\(values)'}\n"
            }
        }
        text += "    alert_rule_test:\n"
        for (alert, _) in faults {
            for (minute, instances) in firing {
                text += "      - eval_time: \(minute)m\n        alertname: \(alert)\n        exp_alerts: ["
                text += instances.map { "{exp_labels: {job: shop, instance: \($0)}}" }.joined(separator: ", ") + "]\n"
            }
        }
        try folder.write(text, to: "test.yaml")
        let run = try await ShellRun("promtool test rules test.yaml", in: folder.url)
        #expect(run.code == 0, "\(run.output)")
    }

    /// A directory that never worked is a fault once, and stays one.
    @Test(arguments: pages)
    func seriesInMemoryKeepSomebodyAwake(_ page: String) async throws {
        let folder = try TemporaryFolder()
        guard try await ShellRun("command -v promtool", in: folder.url).code == 0 else { return }
        try folder.write(try rules(page), to: "rules.yaml")
        func expectation(_ minute: Int, _ alerts: String) -> String {
            "      - {eval_time: \(minute)m, alertname: MetricsSeriesUnstored, exp_alerts: [\(alerts)]}\n"
        }
        let alert = "{exp_labels: {job: shop}}"
        try folder.write(
            "rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n"
                + "      - {series: 'metrics_storage_unstored_series{job=\"shop\"}', values: '_x20 7x600 0x60'}\n"
                + "    alert_rule_test:\n"
                + expectation(10, "") + expectation(25, alert) + expectation(600, alert) + expectation(640, ""),
            to: "test.yaml"
        )
        let run = try await ShellRun("promtool test rules test.yaml", in: folder.url)
        #expect(run.code == 0, "\(run.output)")
    }
}
