import Foundation
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// The Python module, used with the real client.
@Suite(.blocking) struct PythonOutputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(.enabled(if: Program.python != nil, "there is no Python with prometheus_client"))
    func pythonUsesTheModule() throws {
        let python = try #require(Program.python)
        try folder.generate("python", from: PackageFiles.everyType)
        try folder.generate("python") {
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
        try folder.generate("python", from: clashing) {
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
        try folder.generate("python", from: named) {
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
        try folder.generate("python", from: bound) {
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
