import Foundation
import Testing

/// What the guide "Several processes" tells operators to type.
@Suite(.timeLimit(.minutes(10))) struct GuideTests {
    private static let text: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        url.appendPathComponent("Documentation/SeveralProcesses.md")
        return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }()

    /// The commands in the guide, without those that run until they are stopped.
    private static let commands: [String] = {
        let found = text.matches(of: #/`metrics-exporter ((?:reap|dump)[^`]*)`/#).map { String($0.1) }
        return Set(found).sorted()
    }()

    @Test func commandsAreThere() {
        #expect(Self.commands.contains("reap --pid 4711") && Self.commands.contains("reap --sole-reader"))
        #expect(Self.text.contains("`metrics-exporter serve`"), "tested by ServeCommandTests")
    }

    @Test(arguments: commands) func commandsDoAsTheyStand(command: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await ExporterProcess.run(
            command.split(separator: " ").map(String.init),
            environment: ["PROMETHEUS_MULTIPROC_DIR": folder.path]
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
    }
}
