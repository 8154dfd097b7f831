import Foundation
import Testing

/// Arguments, exit codes and streams of the executable.
@Suite struct CommandTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("generator-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder + "/Definitions", withIntermediateDirectories: true)
        try write("metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n", "worker.yaml")
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(folder)/Definitions/\(name)", atomically: false, encoding: .utf8)
    }

    private func run(_ arguments: String...) throws -> GeneratorProcess.Result {
        try GeneratorProcess.run(arguments, in: folder)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    @Test func withoutACommandItPrintsHelp() throws {
        defer { remove() }
        let result = try run()
        #expect(result.code == 0)
        #expect(result.output.contains("SUBCOMMANDS:"))
    }

    @Test func generateChecksAndGenerates() throws {
        defer { remove() }
        let stale = try run("generate", "--output", "Generated", "--check")
        #expect(stale.code == 2)
        #expect(stale.output.hasPrefix("--- /dev/null\n+++ Generated/GeneratedMetrics.swift\n"))
        let generated = try run("generate", "--definitions", "Definitions", "--output", "Generated")
        #expect(generated.code == 0, "\(generated.error)")
        #expect(try run("generate", "--output", "Generated", "--check").code == 0)
        let named = try run("generate", "--output", "Named", "--registry", "AppMetrics")
        #expect(named.code == 0)
        #expect(FileManager.default.fileExists(atPath: folder + "/Named/AppMetrics.swift"))
    }

    @Test func validatePrintsDiagnostics() throws {
        defer { remove() }
        #expect(try run("validate").output == "no problems in 1 file\n")
        try write("metrics:\n  - {name: shop_x, type: conter, documentation: X}\n", "broken.yaml")
        let result = try run("validate", "--format", "text")
        #expect(result.code == 1)
        #expect(result.output.hasPrefix("Definitions/broken.yaml:2:26: error: unknown metric type 'conter'"))
        #expect(try run("validate", "--definitions", "Definitions/worker.yaml").code == 0)
        try write("# nothing\n", "broken.yaml")
        #expect(try run("validate").code == 0)
        #expect(try run("validate", "--strict").code == 1)
    }

    @Test func wrongUsageMissingInputAndUnwritableOutputHaveCodesOfTheirOwn() throws {
        defer { remove() }
        #expect(try run("generate").code == 64)
        #expect(try run("generate", "--output", "Generated", "--registry", "Not a type").code == 64)
        #expect(try run("generate", "--output", "Generated", "--registry", "String").code == 64)
        #expect(try run("explode").code == 64)
        let missing = try run("validate", "--definitions", "nowhere")
        #expect(missing.code == 66)
        #expect(
            missing.error == "error: no definitions: nowhere does not exist; name a folder or file with --definitions\n"
        )
        #expect(try run("generate", "--output", "Definitions/worker.yaml/out").code == 74)
    }
}
