import MetricsRuntime
import Testing

@Suite(
    "fork(): kept children stay valid, the parent's numbers stay the parent's",
    .disabled(if: ProbeRun.isUnderThreadSanitizer, "ThreadSanitizer cannot follow a fork of a process with threads")
)
struct ForkTests {
    @Test("Scenes around fork", arguments: ["kept-children", "grandchild", "threads"])
    func scene(name: String) throws {
        try TemporaryFolder.with { folder in
            let output = try ProbeRun.play(name, folder)
            #expect(output == "ok\n")
        }
    }
}
