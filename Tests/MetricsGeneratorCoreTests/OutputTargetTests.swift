import Foundation
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// The outputs besides Swift, judged by those who read them.
@Suite(.blocking) struct OutputTargetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func generate(
        _ target: String,
        from definitions: String = PackageFiles.root + "/Definitions",
        _ change: (inout GenerateRun) -> Void = { _ in }
    ) throws {
        var run = GenerateRun(definitions: [definitions], output: folder.path("out"))
        run.target = target
        change(&run)
        let outcome = run.run()
        try #require(outcome.code == .success, "\(outcome.standardError)")
    }

    private static let everything = PackageFiles.root + "/Tests/GeneratedCodeTests/Definitions"

    // MARK: Templates

    @Test func templatesAloneMakeANewOutput() throws {
        try folder.write(
            """
            {{! output: [file].csv }}
            name,type,help
            {{#metrics}}
            {{name}},{{type}},{{json(help)}}
            {{/metrics}}
            """,
            to: "T/table.mustache"
        )
        try folder.write(
            "{{! output: index.txt }}\n{{#files}}{{> table-row}}\n{{/files}}",
            to: "T/table-index.mustache"
        )
        try folder.write("{{file}}: {{count(metrics)}}", to: "T/table-row.mustache")
        try generate("table") { $0.templates = folder.path("T") }
        #expect(folder.names("out") == ["index.txt", "master.csv", "worker.csv"])
        #expect(
            try folder.read("out/master.csv") == """
                name,type,help
                gunicorn_master_worker_restart_total,counter,"Total number of Gunicorn worker restarts"
                gunicorn_master_worker_restart_count_total,counter,"Total number of worker restarts by reason and worker"

                """
        )
        #expect(try folder.read("out/index.txt") == "master.yaml: 2\nworker.yaml: 12\n")
    }

    /// A template that only sections of absent types include is not read, and stands in nobody's way.
    @Test func templatesOfTypesThatAreAbsentAreLeftOut() throws {
        try folder.write(
            """
            {{! output: [file].txt }}
            {{#metrics}}
            {{name}}{{#isGauge}}{{>kinds-gauge}}{{/isGauge}}{{#isInfo}}{{#isInfo}}{{/isInfo}}{{>kinds-info}}{{/isInfo}}
            {{/metrics}}
            """,
            to: "T/kinds.mustache"
        )
        try folder.write(": a gauge{{^isGauge}}{{>kinds-info}}{{/isGauge}}", to: "T/kinds-gauge.mustache")
        try folder.write(": an info", to: "T/kinds-info.mustache")
        let gauge = "metrics:\n  - {name: jobs, type: gauge, documentation: Jobs}\n"
        let definitions = try folder.write(gauge, to: "D/a.yaml")
        try generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs: a gauge\n")
        try folder.write(
            gauge + "  - {name: build_info, type: info, documentation: Build, labels: [v]}\n",
            to: "D/a.yaml"
        )
        try generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs: a gauge\nbuild_info: an info\n")
        try folder.write(gauge.replacingOccurrences(of: "gauge", with: "counter"), to: "D/a.yaml")
        try generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs\n")
    }

    @Test func anUnknownTargetOrNameIsRefused() throws {
        var run = GenerateRun(definitions: [Self.everything], output: folder.path("out"))
        run.target = "grafanna"
        let unknown = run.run()
        #expect(unknown.code == .usage)
        #expect(unknown.standardError.contains("grafana, markdown, python, rules, swift; did you mean 'grafana'?"))
        for name in ["../x.txt", "[files].txt", "[file][file].md", ""] {
            try folder.write("{{! output: \(name) }}", to: "T/odd.mustache")
            run.target = "odd"
            run.templates = folder.path("T")
            let outcome = run.run()
            #expect(outcome.code == .invalid)
            #expect(outcome.standardError.contains("cannot be the name of an output"))
        }
        try folder.write("{{! output: x.txt }}\n{{#files}}{{jsn(file)}}{{/files}}", to: "T/odd.mustache")
        #expect(run.run().standardError.contains("odd.mustache:2:13: error: 'jsn' does not apply to 'file'"))
        try folder.write("\u{FEFF}{{! output: x.txt }}\n", to: "T/odd.mustache")
        try folder.write("{{! output: [file].txt }}", to: "T/odd-each.mustache")
        run.definitions = [try folder.write("metrics: [{name: x, type: gauge, documentation: X}]", to: "D/X.yaml")]
        #expect(run.run().standardError.hasSuffix("error: odd-each: it makes 'X.txt', as the template 'odd' does\n"))
        #expect(folder.names("out").isEmpty)
        try FileManager.default.removeItem(atPath: folder.path("T/odd-each.mustache"))
        #expect(run.run().code == .success)
        // A byte order mark is no part of what a template writes.
        #expect(try folder.read("out/x.txt").isEmpty)
    }

    @Test func ejectedTemplatesMakeTheSame() throws {
        var eject = EjectRun(output: folder.path("T"))
        #expect(eject.run().code == .success)
        for target in ["swift", "markdown", "grafana", "rules", "python"] {
            try generate(target)
            let before = try folder.names("out").map { try folder.read("out/\($0)") }
            try generate(target) { $0.templates = folder.path("T") }
            #expect(try folder.names("out").map { try folder.read("out/\($0)") } == before)
        }
        #expect(eject.run().standardOutput == "\(folder.path("T")) is up to date\n")
        try FileManager.default.removeItem(atPath: folder.path("T/grafana.mustache"))
        #expect(eject.run().standardOutput == "wrote \(folder.path("T/grafana.mustache"))\n")
        // What somebody changed stays.
        try folder.write("mine", to: "T/rules.mustache")
        #expect(eject.run().code == .cannotWrite)
        #expect(try folder.read("T/rules.mustache") == "mine")
        eject.target = "grafana"
        #expect(eject.run().code == .success)
        eject.target = "nothing"
        #expect(eject.run().code == .usage)
    }

    @Test func theContextIsJSONOfEverythingThatTemplatesSee() throws {
        let outcome = ContextRun(definitions: [Self.everything]).run()
        let json = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput.utf8))
        let context = try #require(json as? [String: Any])
        let files = try #require(context["files"] as? [[String: Any]])
        #expect(files.map { $0["file"] as? String } == ["depot.yaml", "hidden.yaml", "shop.yaml"])
        let metrics = try #require(files[0]["metrics"] as? [[String: Any]])
        #expect(metrics[0]["help"] as? String == "Requests")
        #expect((metrics[0]["labels"] as? [[String: Any]])?.count == 4)
    }

    @Test func staleFilesOfATargetAreRemovedAndNoOthers() throws {
        try generate("rules")
        try generate("markdown")
        try folder.write("By hand", to: "out/Mine.md")
        try generate("markdown") { $0.registryName = "Other" }
        #expect(folder.names("out") == ["GeneratedMetrics.rules.yaml", "Mine.md", "Other.md"])
    }

    // MARK: Dashboard

    @Test func theDashboardHasTheQueriesOfTheOriginal() throws {
        try generate("grafana")
        let dashboard = try dashboard()
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        var units: [String: String] = [:]
        for panel in panels {
            let defaults = (panel["fieldConfig"] as? [String: Any])?["defaults"] as? [String: Any]
            for target in panel["targets"] as? [[String: Any]] ?? [] {
                if let query = target["expr"] as? String { units[query] = defaults?["unit"] as? String }
            }
        }
        #expect(units["rate(gunicorn_worker_requests_total[5m])"] == "reqps")
        let duration = "rate(gunicorn_worker_request_duration_seconds_bucket[5m])"
        #expect(units["histogram_quantile(0.95, \(duration))"] == "s")
        #expect(units["histogram_quantile(0.50, \(duration))"] == "s")
        #expect(units["gunicorn_worker_memory_bytes"] == "bytes")
        #expect(units["gunicorn_worker_cpu_percent"] == "percent")
        #expect(panels.contains { $0["type"] as? String == "heatmap" })
        let variables = (dashboard["templating"] as? [String: Any])?["list"] as? [[String: Any]] ?? []
        #expect(variables.map { $0["name"] as? String } == ["datasource", "worker_id", "endpoint"])
        // No panel covers another.
        var taken: Set<[Int]> = []
        for panel in panels {
            let grid = try #require(panel["gridPos"] as? [String: Int])
            for x in 0..<(grid["w"] ?? 0) {
                for y in 0..<(grid["h"] ?? 0) {
                    #expect(taken.insert([x + (grid["x"] ?? 0), y + (grid["y"] ?? 0)]).inserted)
                }
            }
        }
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
    }

    private func dashboard() throws -> [String: Any] {
        let text = try folder.read("out/GeneratedMetrics.dashboard.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Two lines of a panel never have the same name.
    @Test func legendsNameWhatAQueryKeepsApart() throws {
        try generate("grafana", from: Self.everything)
        var legends: [String: String] = [:]
        for panel in try dashboard()["panels"] as? [[String: Any]] ?? [] {
            for target in panel["targets"] as? [[String: Any]] ?? [] {
                legends[try #require(target["expr"] as? String)] = target["legendFormat"] as? String
            }
        }
        // The merge tells processes apart.
        #expect(legends["depot_temperature_celsius"] == "{{zone}} {{instance}} {{pid}}")
        #expect(legends["depot_meter"] == "{{serial}} {{instance}} {{pid}}")
        // It adds them up.
        #expect(legends["depot_workers"] == "{{instance}}")
        #expect(legends["rate(depot_visits_total[5m])"] == "{{instance}}")
        let requests = "{{method}} {{path}} {{cached}} {{status}} {{instance}}"
        #expect(legends["rate(depot_requests_total[5m])"] == requests)
        let pick = "histogram_quantile(0.95, rate(depot_pick_seconds_bucket[5m]))"
        #expect(legends[pick] == "p95 {{worker_id}} {{instance}}")
        #expect(legends[#"depot_door{room=~"$room"}"#] == "{{zone}} {{room}} {{depot_door}} {{instance}}")
        // So does the query.
        #expect(legends["sum by (zone) (rate(depot_orders_total[$__rate_interval]))"] == "{{zone}}")
    }

    // MARK: Reference

    @Test func theReferenceTellsWhatADefinitionSays() throws {
        try generate("markdown", from: Self.everything)
        let page = try folder.read("out/GeneratedMetrics.md")
        #expect(page.contains("| Buckets | 0.5, 1, 2, +Inf |"))
        #expect(
            page.contains(
                "| `method` | HTTP request method | `GET`, `HEAD`, `POST`, `OTHER`; all others become `OTHER` |"
            )
        )
        #expect(
            page.contains("> **Deprecated since 2.0.** Counted twice what was split. Use `depot_orders_total` instead.")
        )
        #expect(page.contains("| States | `open`, `half-open`, `shut` |"))
        #expect(page.contains("sum by (method, cached) (rate(depot_requests_total[5m]))"))
    }

    @Test func theReferenceTellsHowManyCombinationsThereCanBe() throws {
        let definitions = try folder.write(
            """
            namespace: app
            metrics:
              - {name: app_visits_total, type: counter, documentation: Visits}
              - {name: app_doors, type: gauge, documentation: Doors, labels: [{name: side, values: [a, b, c]}], max_series: 2}
              - name: app_orders_total
                type: counter
                documentation: Orders
                labels: [{name: way, values: [a, b, c], other: d}, {name: shop, max_values: 20}]
              - name: app_parcels_total
                type: counter
                documentation: Parcels
                labels: [{name: way, values: [a, b, c], other: d}, {name: shop, max_values: 20}]
                max_series: 79
              - {name: app_lost_total, type: counter, documentation: Lost, labels: [shop], max_series: 50}
              - name: app_lamp
                type: stateset
                documentation: State of a lamp
                labels: [{name: lit, type: bool}]
                states: [red, green, dark]
              - {name: app_bell, type: stateset, documentation: State of the bell, states: [on, off]}
            """,
            to: "D/app.yaml"
        )
        try generate("markdown", from: definitions)
        let lines = try folder.read("out/GeneratedMetrics.md").split(separator: "\n")
        let rows = lines.filter { $0.hasPrefix("| Label combinations") || $0.hasPrefix("### ") }.map(String.init)
        #expect(
            rows == [
                "### `app_visits_total`",
                "### `app_doors`",
                "| Label combinations | at most 3 |",
                "### `app_orders_total`",
                "| Label combinations | at most 84 in a process, those of `__overflow__` included |",
                "### `app_parcels_total`",
                "| Label combinations | at most 79 in a process, with `__overflow__` in place of more |",
                "### `app_lost_total`",
                "| Label combinations | at most 50 in a process, with `__overflow__` in place of more |",
                "### `app_lamp`",
                "| Label combinations | at most 6; every state counts |",
                "### `app_bell`",
            ]
        )
    }

    // MARK: Rules

    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func promtoolTakesTheRules() throws {
        let promtool = try #require(Program.promtool)
        for definitions in [PackageFiles.root + "/Definitions", Self.everything] {
            try generate("rules", from: definitions)
            let check = try Program.run(promtool, ["check", "rules", folder.path("out/GeneratedMetrics.rules.yaml")])
            #expect(check.code == 0 && check.output.contains("SUCCESS"), "\(check.output)")
        }
    }

    @Test(.enabled(if: Program.promtool != nil, "there is no promtool on the PATH"))
    func theRulesRecordAndAlert() throws {
        let promtool = try #require(Program.promtool)
        try generate("rules", from: Self.everything)
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
        try generate("rules", from: definitions)
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

    // MARK: Python

    @Test(.enabled(if: Program.python != nil, "there is no Python with prometheus_client"))
    func pythonUsesTheModule() throws {
        let python = try #require(Program.python)
        try generate("python", from: Self.everything)
        try generate("python") {
            $0.registryName = "SeedMetrics"
            $0.output = folder.path("seed")
        }
        // Labels that are called as parameters of Python's functions.
        let names = ["cls", "self", "amount", "value", "labels", "class", "name"]
        let labels = names.joined(separator: ", ")
        let clashing = try folder.write(
            """
            namespace: odd
            metrics:
              - {name: odd_jobs_total, type: counter, documentation: Jobs, labels: [\(labels)], constant_labels: {team: x}}
              - {name: odd_depth, type: gauge, documentation: Depth, labels: [\(labels)], multiprocess_mode: sum}
              - {name: odd_wait_seconds, type: histogram, documentation: Wait, unit: seconds, labels: [\(labels)]}
            """,
            to: "D/odd.yaml"
        )
        try generate("python", from: clashing) {
            $0.registryName = "OddMetrics"
            $0.output = folder.path("odd")
        }
        // Names that are Python's own, and names that differ in Swift alone.
        let named = try folder.write(
            """
            namespace: named
            metrics:
              - {name: named_value_error_total, type: counter, documentation: Errors, labels: [{name: kind, values: [a]}]}
              - {name: named_collector_registry, type: gauge, documentation: Registries}
              - {name: named_none_total, type: counter, documentation: None}
              - {name: named_url_hits_total, type: counter, documentation: Hits}
              - {name: named_u_r_l_hits_total, type: counter, documentation: Others, swift_name: UrlHits}
              - {name: named_a_b_total, type: counter, documentation: Ratio}
              - {name: named_ab_total, type: counter, documentation: Tests}
            """,
            to: "D/named.yaml"
        )
        try generate("python", from: named) {
            $0.registryName = "NamedMetrics"
            $0.output = folder.path("named")
        }
        let way = "{name: way, values: [x, y]}"
        let bound = try folder.write(
            """
            namespace: bound
            metrics:
              - name: bound_jobs_total
                type: counter
                documentation: Jobs
                labels: [{name: a, max_values: 2}, b, \(way)]
                max_series: 6
              - name: bound_hits_total
                type: counter
                documentation: Hits
                labels: [{name: path, max_values: 2}, {name: code, values: [x, y]}]
              - {name: bound_ways_total, type: counter, documentation: Ways, labels: [\(way)], max_series: 1}
              - {name: bound_visits_total, type: counter, documentation: Visits, labels: [{name: path, max_values: 1}, \(way)]}
            """,
            to: "D/bound.yaml"
        )
        try generate("python", from: bound) {
            $0.registryName = "BoundMetrics"
            $0.output = folder.path("bound")
        }
        let script = PackageFiles.root + "/Tests/MetricsGeneratorCoreTests/Peers/use_module.py"
        let environment = [
            "PYTHONPATH": ["out", "seed", "odd", "named", "bound"].map { folder.path($0) }.joined(separator: ":"),
            "PYTHONDONTWRITEBYTECODE": "1", "PROMETHEUS_MULTIPROC_DIR": folder.path("values"),
        ]
        let result = try Program.run(python, [script], environment: environment)
        #expect(result.code == 0, "\(result.output)")
    }
}
