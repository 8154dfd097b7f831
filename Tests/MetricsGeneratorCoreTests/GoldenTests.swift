import MetricsGeneratorCore
import Testing

/// Whole files, compared with what is committed; where a test fails, it prints the difference.
@Suite struct GoldenTests {
    private func check(_ definitions: String, _ output: String, registry: String = GenerateRun.standardRegistryName) {
        let root = PackageFiles.root + "/"
        var run = GenerateRun(definitions: [root + definitions], output: root + output)
        run.registryName = registry
        run.isCheck = true
        let outcome = run.run()
        #expect(outcome.code == .success, "\(outcome.standardError)\(outcome.standardOutput)")
        // What these definitions allow themselves stands in them, with the reason.
        #expect(outcome.standardError.isEmpty, "\(outcome.standardError)")
    }

    /// Every type with every option; `GeneratedCodeTests` compiles and runs these files.
    ///
    /// After a change that is meant, `make golden` writes them anew.
    @Test func everyTypeOfMetric() {
        let folder = "Tests/GeneratedCodeTests"
        check("\(folder)/Definitions", "\(folder)/Generated", registry: "ShopMetrics")
    }

    @Test func theCommittedCodeIsUpToDate() {
        check("Benchmarks/Definitions", "Benchmarks/Sources/BenchmarkMetrics/Generated")
        check("Definitions", "Sources/WorkerMetrics/Generated")
    }
}
