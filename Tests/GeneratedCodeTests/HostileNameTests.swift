import Foundation
import MetricDefinitions
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// Whatever definitions call things, their Swift compiles without a warning, and is formatted.
@Suite(.blocking) struct HostileNameTests {
    /// A sample in every run; all of them with `LONG=1`.
    private static let count = ProcessInfo.processInfo.environment["LONG"] == "1" ? 1000 : 60

    private let folder: TemporaryFolder
    private let files: [String]

    init() throws {
        let folder = try TemporaryFolder()
        let path = "hostile" + String(repeating: "x", count: 193) + ".yaml"
        let text = HostileDefinitions.text(count: Self.count, seed: 1)
        let result = DefinitionPipeline().run([SourceFile(path: path, text: text)])
        let problems = DiagnosticRenderer.text(result.report).prefix(4000)
        let model = result.model
        let resolved = try #require(model, "\(problems)")
        let target = try OutputTarget(templates: TemplateLibrary(), registryName: "GeneratedMetrics")
        files = try target.render(resolved).map { file in
            try folder.write(String(decoding: file.bytes, as: UTF8.self), to: file.name)
        }
        self.folder = folder
    }

    @Test(.enabled(if: Compiler.isThere, Comment(rawValue: Compiler.missing)))
    func compileWithoutAWarning() throws {
        let compiler = try #require(Compiler())
        let result = try compiler.compile(files, into: folder.path)
        #expect(result.code == 0, "\(result.output.prefix(4000))")
        #expect(result.messages.isEmpty)
    }

    @Test(.enabled(if: Compiler.find("swift") != nil, "there is no swift on the PATH"))
    func areFormatted() throws {
        let swift = try #require(Compiler.find("swift"))
        let configuration = Compiler.root + "/.swift-format"
        let arguments = ["format", "lint", "--strict", "--configuration", configuration] + files
        let (code, output) = try Compiler.run(swift, arguments)
        #expect(code == 0, "\(output.prefix(4000))")
    }
}
