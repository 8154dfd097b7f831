import Foundation
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// Recording and alerting rules, judged by promtool.
@Suite(.blocking) struct RulesOutputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func promtoolTakesTheRules() throws {
        let promtool = try #require(Program.promtool)
        for definitions in [PackageFiles.root + "/Definitions", PackageFiles.everyType] {
            try folder.generate("rules", from: definitions)
            let check = try Program.run(promtool, ["check", "rules", folder.path("out/GeneratedMetrics.rules.yaml")])
            #expect(check.code == 0 && check.output.contains("SUCCESS"), "\(check.output)")
        }
    }

    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func theRulesRecordAndAlert() throws {
        let promtool = try #require(Program.promtool)
        try folder.generate("rules", from: PackageFiles.everyType)
        try folder.write(
            try PackageFiles.read("Tests/MetricsGeneratorCoreTests/Peers/rules.test.yaml"),
            to: "out/test.yaml"
        )
        let result = try Program.run(promtool, ["test", "rules", "test.yaml"], in: folder.path("out"))
        #expect(result.code == 0, "\(result.output)")
    }

    /// The bound is that of a process: what several of them have together is no reason to wake anybody.
    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func theAlertOfManySeriesCountsProcessesApart() throws {
        let promtool = try #require(Program.promtool)
        let definitions = try folder.write(
            """
            namespace: app
            metrics:
              - {name: app_depth, type: gauge, documentation: Depth of a queue, labels: [queue], max_series: 10}
              - {name: app_jobs_total, type: counter, documentation: Jobs done, labels: [queue], max_series: 10}
              - name: app_orders_total
                type: counter
                documentation: Orders
                labels: [{name: way, values: [a, b, c], other: d}, {name: shop, max_values: 20}]
                max_series: 80
              - {name: app_visits_total, type: counter, documentation: Visits, max_series: 1}
            """,
            to: "D/app.yaml"
        )
        try folder.generate("rules", from: definitions)
        let rules = try folder.read("out/GeneratedMetrics.rules.yaml")
        // The labels of the third allow no more than 'max_series' besides the overflow values, the fourth has none.
        #expect(rules.components(separatedBy: "MetricSeriesNearLimit").count - 1 == 2)
        func series(_ name: String, instance: String, processes: [String], queues: Int) -> String {
            processes.flatMap { process in
                (0..<queues).map { queue in
                    let labels = "job=\"j\", instance=\"\(instance)\", queue=\"\(queue)\"\(process)"
                    return "      - {series: '\(name){\(labels)}', values: 1x60}\n"
                }
            }.joined()
        }
        let three = (0..<3).map { ", pid=\"swift-\($0)\"" }
        try folder.write(
            """
            rule_files: [GeneratedMetrics.rules.yaml]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
            \(series("app_depth", instance: "few", processes: three, queues: 4))\
            \(series("app_depth", instance: "many", processes: Array(three.prefix(1)), queues: 10))\
            \(series("app_depth", instance: "memory", processes: [""], queues: 10))\
            \(series("app_jobs_total", instance: "few", processes: [""], queues: 9))\
            \(series("app_jobs_total", instance: "many", processes: [""], queues: 10))\
                alert_rule_test:
                  - eval_time: 30m
                    alertname: MetricSeriesNearLimit
                    exp_alerts:
                      - exp_labels: {severity: warning, job: j, instance: many, metric: app_depth}
                        exp_annotations: &process
                          summary: app_depth has more than 9 series of one process; new ones read __overflow__ once a process has made 10
                      - exp_labels: {severity: warning, job: j, instance: memory, metric: app_depth}
                        exp_annotations: *process
                      - exp_labels: {severity: warning, job: j, instance: many, metric: app_jobs_total}
                        exp_annotations:
                          summary: app_jobs_total has more than 9 series on one instance, counted over all its processes; new ones read __overflow__ once a process has made 10

            """,
            to: "out/test.yaml"
        )
        let result = try Program.run(promtool, ["test", "rules", "test.yaml"], in: folder.path("out"))
        #expect(result.code == 0, "\(result.output)")
    }
}
