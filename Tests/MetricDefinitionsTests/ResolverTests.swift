import MetricDefinitions
import Testing

/// The resolved model: everything decided.
@Suite struct ResolverTests {
    private func histogram(_ buckets: String) throws -> [Double] {
        let key = buckets.isEmpty ? "" : ", buckets: \(buckets)"
        let result = run("metrics:\n  - {name: x, type: histogram, documentation: X\(key)}\n")
        return try #require(result.model, "\(result.text)").metrics[0].buckets
    }

    @Test(arguments: [
        ("[0.1, 1, +Inf]", [0.1, 1]),
        ("[1, .inf]", [1]),
        ("[-1, 0, 1]", [-1, 0, 1]),
        ("{linear: {start: 0.1, width: 0.1, count: 4}}", [0.1, 0.2, 0.3, 0.4]),
        ("{exponential: {start: 1024, factor: 4, count: 3}}", [1024, 4096, 16384]),
        ("{exponential_range: {min: 1, max: 100, count: 3}}", [1, 10, 100]),
        ("count_pow2", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]),
        ("", [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]),
    ])
    func buckets(text: String, bounds: [Double]) throws {
        #expect(try histogram(text) == bounds)
    }

    @Test(arguments: BucketPresets.names)
    func presetsIncrease(name: String) throws {
        let bounds = try histogram(name)
        #expect(!bounds.isEmpty)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func labelsTakeTheirSets() throws {
        let result = run(
            """
            label_sets:
              method: {documentation: HTTP method, values: {read: GET, write: POST}, other: OTHER}
              worker: {documentation: The worker, max_values: 8}
            metrics:
              - name: jobs_total
                type: counter
                documentation: Jobs done
                labels:
                  - method
                  - {name: worker, documentation: Who did it}
                  - {name: code, type: int}
                  - {name: cached, type: bool}
                constant_labels: {team: payments, tier: 1}
                deprecated: {since: 2.1, replaced_by: runs_total}
              - {name: runs_total, type: counter, documentation: Runs}
            """
        )
        let metric = try #require(result.model, "\(result.text)").metrics[0]
        #expect(metric.labels.map(\.swiftName) == ["method", "worker", "code", "cached"])
        #expect(metric.labels.map(\.closedValues) == [["GET", "POST", "OTHER"], nil, nil, ["false", "true"]])
        #expect(metric.labels.map(\.documentation) == ["HTTP method", "Who did it", nil, nil])
        #expect(metric.constantLabels.map { "\($0.name)=\($0.value)" } == ["team=payments", "tier=1"])
        #expect(metric.deprecation?.since == "2.1")
        #expect(metric.deprecation?.replacementType == "Runs")
        #expect(metric.combinations == nil)
    }

    @Test func theOrderOfFilesMakesNoDifference() throws {
        let files = [
            SourceFile(path: "b/b.yaml", text: "label_sets:\n  m: {values: [x]}\nmetrics:\n" + metric("b", "m")),
            SourceFile(path: "z/a.yaml", text: "metrics:\n" + metric("a", "m, {name: k, values: [y]}")),
            SourceFile(path: "c.yaml", text: "metrics:\n" + metric("c", "{name: k, values: [y]}")),
        ]
        func summary(_ files: [SourceFile]) throws -> [String] {
            let model = try #require(DefinitionPipeline().run(files).model)
            return model.files.map { "\($0.name) \($0.labelTypes.map(\.swiftName)) \($0.metrics.map(\.name))" }
        }
        let expected = try summary(files)
        #expect(
            expected == ["a.yaml [\"K\"] [\"a_total\"]", "b.yaml [\"M\"] [\"b_total\"]", "c.yaml [] [\"c_total\"]"]
        )
        #expect(try summary(files.reversed()) == expected)
    }

    private func metric(_ name: String, _ labels: String) -> String {
        "  - {name: \(name)_total, type: counter, documentation: X, labels: [\(labels)]}\n"
    }

    @Test func aNameInABrokenFileIsNotMissed() {
        let result = run([
            "a.yaml": counter("deprecated: {replaced_by: shop_later_total}"),
            "b.yaml": "metrics:\n  - {name: shop_later_total\n",
        ])
        #expect(result.rules == ["yaml-syntax"], "\(result.text)")
    }
}
