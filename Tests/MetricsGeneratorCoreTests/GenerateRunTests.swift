import Foundation
import MetricsGeneratorCore
import Testing

/// What `generate` writes, and what it leaves alone.
@Suite struct GenerateRunTests {
    private let folder: TemporaryFolder
    private let output: String

    init() throws {
        folder = try TemporaryFolder()
        output = folder.path("Generated")
        try folder.write(Self.metric("jobs_total"), to: "Definitions/worker.yaml")
    }

    private static func metric(_ name: String) -> String {
        "namespace: app\nmetrics:\n  - {name: app_\(name), type: counter, documentation: Jobs done, labels: [queue]}\n"
    }

    private func run(_ change: (inout GenerateRun) -> Void = { _ in }) -> CommandOutcome {
        var run = GenerateRun(definitions: [folder.path("Definitions")], output: output)
        change(&run)
        return run.run()
    }

    @Test func writesOneFileForEachDefinitionFileAndTheRegistry() throws {
        try folder.write(Self.metric("runs_total"), to: "Definitions/deeper/master.yml")
        try folder.write("no definitions", to: "Definitions/notes.txt")
        #expect(run().code == .success)
        #expect(folder.names("Generated") == ["GeneratedMetrics.swift", "master.swift", "worker.swift"])
        #expect(try folder.read("Generated/worker.swift").contains("public nonisolated struct Jobs: "))
    }

    @Test func leavesUnchangedFilesUntouched() throws {
        _ = run()
        let before = try ["GeneratedMetrics", "worker"].map { try folder.identity("Generated/\($0).swift") }
        let again = run()
        #expect(again == CommandOutcome(.success, standardOutput: "\(output) is up to date\n"))
        #expect(try ["GeneratedMetrics", "worker"].map { try folder.identity("Generated/\($0).swift") } == before)
        // A change in one file leaves the others.
        try folder.write(Self.metric("runs_total"), to: "Definitions/worker.yaml")
        #expect(run().standardOutput == "wrote \(output)/worker.swift\n")
        #expect(try folder.identity("Generated/GeneratedMetrics.swift") == before[0])
    }

    @Test func removesStaleFilesOfOursAlone() throws {
        try folder.write(Self.metric("runs_total"), to: "Definitions/master.yaml")
        _ = run()
        try folder.write("// By hand.\n", to: "Generated/Extra.swift")
        try folder.write("text", to: "Generated/notes.txt")
        try FileManager.default.removeItem(atPath: folder.path("Definitions/master.yaml"))
        #expect(run().standardOutput.contains("removed \(output)/master.swift\n"))
        #expect(folder.names("Generated") == ["Extra.swift", "GeneratedMetrics.swift", "notes.txt", "worker.swift"])
        // Another registry's file is stale, too.
        #expect(run { $0.registryName = "AppMetrics" }.code == .success)
        #expect(folder.names("Generated") == ["AppMetrics.swift", "Extra.swift", "notes.txt", "worker.swift"])
    }

    @Test func writesNothingWhereADefinitionIsWrong() throws {
        _ = run()
        let before = try folder.read("Generated/worker.swift")
        try folder.write(Self.metric("runs_total"), to: "Definitions/worker.yaml")
        try folder.write("metrics:\n  - {name: x, type: conter, documentation: X}\n", to: "Definitions/broken.yaml")
        let outcome = run()
        #expect(outcome.code == .invalid)
        #expect(outcome.standardError.contains("error: unknown metric type 'conter'"))
        #expect(try folder.read("Generated/worker.swift") == before)
        #expect(folder.names("Generated") == ["GeneratedMetrics.swift", "worker.swift"])
    }

    @Test func checkWritesNothingAndPrintsADiff() throws {
        let missing = run { $0.isCheck = true }
        #expect(missing.code == .different)
        #expect(missing.standardOutput.contains("--- /dev/null\n+++ \(output)/worker.swift\n@@ -0,0 +1,"))
        #expect(folder.names("Generated").isEmpty)
        _ = run()
        #expect(run { $0.isCheck = true } == CommandOutcome(.success))
        let text = try folder.read("Generated/worker.swift")
        try folder.write(
            text.replacingOccurrences(of: "help Jobs done", with: "help Jobs"),
            to: "Generated/worker.swift"
        )
        let stale = run { $0.isCheck = true }
        #expect(stale.code == .different)
        #expect(stale.standardOutput.contains("\n-            help Jobs\n+            help Jobs done\n"))
        #expect(
            stale.standardError
                == "error: \(output) is stale: run 'metrics-generator generate' and commit what it writes\n"
        )
        #expect(try folder.read("Generated/worker.swift").contains("help Jobs\n"))
    }

    @Test func sameBytesWhateverTheOrderOfFiles() throws {
        let first = try folder.write(Self.metric("a_total"), to: "x/a.yaml")
        let second = try folder.write(Self.metric("b_total"), to: "y/b.yaml")
        func texts(_ definitions: [String], _ name: String) throws -> [String] {
            #expect(GenerateRun(definitions: definitions, output: folder.path(name)).run().code == .success)
            return try ["GeneratedMetrics", "a", "b"].map { try folder.read("\(name)/\($0).swift") }
        }
        #expect(try texts([first, second], "one") == texts([second, first, second], "two"))
    }

    @Test func missingInputIsNamed() throws {
        let missing = GenerateRun(definitions: [folder.path("nowhere")], output: output).run()
        #expect(missing.code == .noInput)
        #expect(missing.standardError.contains("nowhere does not exist"))
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: false)
        let empty = GenerateRun(definitions: [folder.path("empty")], output: output).run()
        #expect(empty.code == .noInput)
        #expect(run { $0.templates = folder.path("nowhere") }.code == .noInput)
    }

    @Test func unwritableOutputLeavesNothingBehind() throws {
        try folder.write("a file", to: "blocked")
        let blocked = GenerateRun(definitions: [folder.path("Definitions")], output: folder.path("blocked/out")).run()
        #expect(blocked.code == .cannotWrite)
        #expect(blocked.standardError.contains("blocked"))
        // A folder where a file should stand: nothing is written beside it either.
        try folder.write("", to: "Generated/worker.swift/keep")
        #expect(run().code == .cannotWrite)
        #expect(folder.names("Generated") == ["worker.swift"])
    }

    @Test func aFileOfSomebodyElseIsNamedAndNothingIsWritten() throws {
        try folder.write("// By hand.\n", to: "Generated/worker.swift")
        for isCheck in [false, true] {
            let outcome = run { $0.isCheck = isCheck }
            #expect(outcome.code == .cannotWrite)
            #expect(outcome.standardError.contains("\(output)/worker.swift was not written by metrics-generator"))
            #expect(folder.names("Generated") == ["worker.swift"])
            #expect(try folder.read("Generated/worker.swift") == "// By hand.\n")
        }
        // What somebody touched before the first run is no work of theirs.
        try folder.write("", to: "Generated/worker.swift")
        #expect(run().code == .success)
    }

    @Test func aFailureHalfWayLeavesAllOldFiles() throws {
        for name in ["a", "stale", "z"] { try folder.write("old \(name)", to: "Generated/\(name).swift") }
        // A folder that appeared since the changes were found: the rename over it fails.
        try folder.write("", to: "Generated/blocked.swift/keep")
        let before = try ["a", "stale", "z"].map { try folder.identity("Generated/\($0).swift") }
        let changes = [
            OutputChange(name: "a.swift", old: Array("old a".utf8), new: Array("new a".utf8)),
            OutputChange(name: "added.swift", old: nil, new: Array("new".utf8)),
            OutputChange(name: "stale.swift", old: Array("old stale".utf8), new: nil),
            OutputChange(name: "blocked.swift", old: nil, new: Array("new".utf8)),
            OutputChange(name: "z.swift", old: Array("old z".utf8), new: Array("new z".utf8)),
        ]
        let error = #expect(throws: FileError.self) { try OutputDirectory(output).apply(changes) }
        #expect(error?.path == output + "/blocked.swift")
        #expect(folder.names("Generated") == ["a.swift", "blocked.swift", "stale.swift", "z.swift"])
        #expect(try ["a", "stale", "z"].map { try folder.identity("Generated/\($0).swift") } == before)
        #expect(try folder.read("Generated/a.swift") == "old a")
        // Without what was in the way all of it is done, and nothing else is left.
        try FileManager.default.removeItem(atPath: output + "/blocked.swift")
        try OutputDirectory(output).apply(changes)
        #expect(folder.names("Generated") == ["a.swift", "added.swift", "blocked.swift", "z.swift"])
        #expect(try folder.read("Generated/a.swift") == "new a")
    }

    @Test func templatesOfAFolderOverrideByName() throws {
        try folder.write(
            "{{! output: [registry].swift }}\n// Generated by metrics-generator\n{{#files}}// {{member}}\n{{/files}}",
            to: "T/swift-registry.mustache"
        )
        #expect(run { $0.templates = folder.path("T") }.code == .success)
        #expect(try folder.read("Generated/GeneratedMetrics.swift") == "// Generated by metrics-generator\n// worker\n")
        #expect(try folder.read("Generated/worker.swift").contains("struct Jobs"))
    }

    @Test func aTemplatesUnknownNameIsReportedAtItsPlace() throws {
        let path = try folder.write(
            "{{! output: [registry].swift }}\n  {{#files}}{{membr}}{{/files}}\n",
            to: "T/swift-registry.mustache"
        )
        let outcome = run { $0.templates = folder.path("T") }
        #expect(outcome.code == .invalid)
        #expect(
            outcome.standardError.hasPrefix(
                """
                \(path):2:15: error: the model has no 'membr' here [template-unknown-name]
                 2 |   {{#files}}{{membr}}{{/files}}
                   |               ^~~~~ did you mean 'member'?
                """
            ),
            "\(outcome.standardError)"
        )
        #expect(folder.names("Generated").isEmpty)
    }

    @Test func warningsDoNotKeepFilesFromBeingWrittenUnlessStrict() throws {
        try folder.write("# nothing\n", to: "Definitions/empty.yaml")
        #expect(run { $0.isStrict = true }.code == .invalid)
        #expect(folder.names("Generated").isEmpty)
        let outcome = run()
        #expect(outcome.code == .success)
        #expect(outcome.standardError.contains("[empty-file]"))
    }
}
