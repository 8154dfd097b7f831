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
    }

    /// Every type with every option; `GeneratedCodeTests` compiles and runs these files.
    ///
    /// After a change that is meant, `make golden` writes them anew.
    @Test func everyTypeOfMetric() {
        let folder = "Tests/GeneratedCodeTests"
        check("\(folder)/Definitions", "\(folder)/Generated", registry: "ShopMetrics")
    }

    @Test func theCommittedCodeIsUpToDate() {
        check("Definitions", "Sources/WorkerMetrics/Generated")
    }
}
