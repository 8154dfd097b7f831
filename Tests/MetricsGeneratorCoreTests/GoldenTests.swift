import Foundation
import MetricDefinitions
import MetricsGeneratorCore
import Testing

/// Whole files, compared with what is committed.
///
/// `RECORD_GOLDEN=1` writes them anew, and fails the run that did.
@Suite struct GoldenTests {
    private static let golden = "Tests/MetricsGeneratorCoreTests/Golden"

    @Test func everyTypeOfMetric() throws {
        let source = "\(Self.golden)/shop.yaml"
        let result = DefinitionPipeline().run([SourceFile(path: source, text: try PackageFiles.read(source))])
        let model = try #require(result.model, "\(DiagnosticRenderer.text(result.report))")
        let target = SwiftTarget(templates: TemplateLibrary(), registryName: "ShopMetrics")
        for file in try target.render(model) {
            let path = "\(Self.golden)/\(file.name).txt"
            if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
                try Data(file.bytes).write(to: URL(fileURLWithPath: PackageFiles.root + "/" + path))
                Issue.record("recorded \(path)")
            }
            let expected = OutputFile(name: file.name, text: try PackageFiles.read(path))
            let change = OutputChange(name: file.name, old: expected.bytes, new: file.bytes)
            #expect(file == expected, "\(UnifiedDiff.text(change, directory: Self.golden))")
        }
    }

    @Test func theCommittedCodeIsUpToDate() {
        let root = PackageFiles.root
        var run = GenerateRun(definitions: [root + "/Definitions"], output: root + "/Sources/WorkerMetrics/Generated")
        run.isCheck = true
        let outcome = run.run()
        #expect(outcome.code == .success, "\(outcome.standardOutput)")
    }
}
