import Foundation
import ProcessTesting
import Testing

/// What a target may ask of all its code, generated code takes too.
@Suite(.blocking) struct TargetSettingTests {
    /// Calls from outside of any actor.
    private static let calls = """
        internal import MetricsRuntime

        nonisolated func record(in registry: MetricsRegistry) {
            ShopMetrics.register(in: registry)
            HiddenRequests.inc(method: Method("GET"))
            DepotDoor.set(.open, zone: .north, room: "7")
            _ = Zone("N-1").map { ($0.value, $0.index) }
            Orders(registry: registry).inc(zone: .south)
            Pick.time(workerID: "a") {}
            _ = DepotDoor.State("open")?.value
        }

        """

    @Test(
        .enabled(if: Compiler.isThere, Comment(rawValue: Compiler.missing)),
        arguments: [
            ["-default-isolation", "MainActor"],
            ["-default-isolation", "MainActor", "-enable-upcoming-feature", "InferIsolatedConformances"],
            ["-enable-upcoming-feature", "NonisolatedNonsendingByDefault"],
            ["-strict-memory-safety"],
        ]
    )
    func areTaken(settings: [String]) throws {
        let folder = try TemporaryFolder()
        let generated = Compiler.root + "/Tests/GeneratedCodeTests/Generated"
        let names = try FileManager.default.contentsOfDirectory(atPath: generated).sorted()
        let files = names.map { generated + "/" + $0 } + [try folder.write(Self.calls, to: "Calls.swift")]
        let compiler = try #require(Compiler())
        let result = try compiler.compile(files, typesOnly: true, settings: settings, into: folder.path)
        #expect(result.code == 0 && result.messages.isEmpty, "\(result.output.prefix(4000))")
    }
}
