import Foundation
import MetricDefinitions
import MetricsGeneratorCore
import ProcessTesting
import Testing

/// Files of any access levels make one module, in packages with and without upcoming features.
@Suite(.blocking) struct AccessMixtureTests {
    private static let mixtures: [[AccessLevel]] = [
        [.internal], [.package], [.internal, .package], [.internal, .public], [.package, .public],
        [.internal, .package, .public],
    ]

    /// - Parameter isShared: Whether a label of all files makes the narrowest declare what the widest shows.
    private func generate(_ levels: [AccessLevel], isShared: Bool, into folder: TemporaryFolder) throws -> [String] {
        let sources = levels.map { access in
            let way = isShared ? ", {name: way, values: [in, out]}" : ""
            let labels = "labels: [{name: \(access)_kind, values: [north, \(access)]}\(way)]"
            let metric = "{name: app_\(access)_things_total, type: counter, documentation: Things, \(labels)}"
            return SourceFile(path: "\(access).yaml", text: "access: \(access)\nmetrics:\n  - \(metric)\n")
        }
        let result = DefinitionPipeline().run(sources)
        let model = try #require(result.model, "\(DiagnosticRenderer.text(result.report))")
        let target = try OutputTarget(templates: TemplateLibrary(), registryName: "GeneratedMetrics")
        return try target.render(model).map { file in
            try folder.write(String(decoding: file.bytes, as: UTF8.self), to: file.name)
        }
    }

    @Test(.enabled(if: Compiler.isThere, Comment(rawValue: Compiler.missing)), arguments: mixtures, [true, false])
    func compile(levels: [AccessLevel], isPlain: Bool) throws {
        let compiler = try #require(Compiler())
        for isShared in levels.count > 1 ? [false, true] : [false] {
            let folder = try TemporaryFolder()
            let files = try generate(levels, isShared: isShared, into: folder)
            let result = try compiler.compile(files, typesOnly: true, isPlain: isPlain, into: folder.path)
            #expect(result.code == 0 && result.messages.isEmpty, "\(result.output.prefix(2000))")
        }
    }

    /// Where no file is for the package alone, they stand beside imports that say nothing.
    @Test(
        .enabled(if: Compiler.isThere, Comment(rawValue: Compiler.missing)),
        arguments: mixtures.filter { !$0.contains(.package) }
    )
    func standBesidePlainImports(levels: [AccessLevel]) throws {
        let folder = try TemporaryFolder()
        let own = try folder.write("import MetricsRuntime\nlet shared = MetricsRegistry.shared\n", to: "Own.swift")
        let files = try generate(levels, isShared: false, into: folder) + [own]
        let compiler = try #require(Compiler())
        let result = try compiler.compile(files, typesOnly: true, isPlain: true, into: folder.path)
        #expect(result.code == 0 && result.messages.isEmpty, "\(result.output.prefix(2000))")
    }
}
