import Foundation
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// The outputs besides Swift, judged by those who read them.
@Suite(.blocking) struct OutputTargetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

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
        try folder.generate("table") { $0.templates = folder.path("T") }
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
        try folder.generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs: a gauge\n")
        try folder.write(
            gauge + "  - {name: build_info, type: info, documentation: Build, labels: [v]}\n",
            to: "D/a.yaml"
        )
        try folder.generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs: a gauge\nbuild_info: an info\n")
        try folder.write(gauge.replacingOccurrences(of: "gauge", with: "counter"), to: "D/a.yaml")
        try folder.generate("kinds", from: definitions) { $0.templates = folder.path("T") }
        #expect(try folder.read("out/a.txt") == "jobs\n")
    }

    @Test func anUnknownTargetOrNameIsRefused() throws {
        var run = GenerateRun(definitions: [PackageFiles.everyType], output: folder.path("out"))
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
            try folder.generate(target)
            let before = try folder.names("out").map { try folder.read("out/\($0)") }
            try folder.generate(target) { $0.templates = folder.path("T") }
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
        let outcome = ContextRun(definitions: [PackageFiles.everyType]).run()
        let json = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput.utf8))
        let context = try #require(json as? [String: Any])
        let files = try #require(context["files"] as? [[String: Any]])
        #expect(files.map { $0["file"] as? String } == ["depot.yaml", "hidden.yaml", "shop.yaml"])
        let metrics = try #require(files[0]["metrics"] as? [[String: Any]])
        #expect(metrics[0]["help"] as? String == "Requests")
        #expect((metrics[0]["labels"] as? [[String: Any]])?.count == 4)
    }

    @Test func staleFilesOfATargetAreRemovedAndNoOthers() throws {
        try folder.generate("rules")
        try folder.generate("markdown")
        try folder.write("By hand", to: "out/Mine.md")
        try folder.generate("markdown") { $0.registryName = "Other" }
        #expect(folder.names("out") == ["GeneratedMetrics.rules.yaml", "Mine.md", "Other.md"])
    }

    // MARK: Dashboard

    @Test func theDashboardHasTheQueriesOfTheOriginal() throws {
        try folder.generate("grafana")
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
        try folder.generate("grafana", from: PackageFiles.everyType)
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
        try folder.generate("markdown", from: PackageFiles.everyType)
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
        try folder.generate("markdown", from: definitions)
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
}
