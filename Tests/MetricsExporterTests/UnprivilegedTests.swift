import Foundation
import Testing

/// What the exporter says where it lacks a right. Where the tests run as root, `setpriv` takes the right away first.
@Suite(.timeLimit(.minutes(10))) struct UnprivilegedTests {
    #if Server
        @Test(.enabled(if: mayGiveUpRights, "root without setpriv may open any port"))
        func aPrivilegedPortIsExplained() async throws {
            let folder = try TemporaryFolder()
            let run = try await ExporterProcess.run(
                ["serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "1"],
                launcher: Self.without("net_bind_service")
            )
            #expect(run.exitCode == 69)
            #expect(run.errors.contains("127.0.0.1:1"))
            #expect(run.errors.contains("1024"))
        }
    #endif

    @Test(.enabled(if: mayGiveUpRights, "root without setpriv may read everything"))
    func aFileThatMayNotBeReadIsNamedAndTheRestServed() async throws {
        let folder = try TemporaryFolder()
        let expected = try folder.writeTwoWorkers()
        var file = PythonMetricFile()
        file.add(family: "a", sample: "a_total", help: "A", value: 1)
        try folder.write(file.bytes, as: "counter_999.db")
        try #require(chmod(folder.path + "/counter_999.db", 0) == 0)
        let run = try await ExporterProcess.run(
            ["dump", "--multiproc-dir", folder.path],
            launcher: Self.without("dac_override", "dac_read_search")
        )
        #expect(run.output == expected)
        #expect(run.errors.contains("warning: counter_999.db"))
        #expect(run.errors.contains("Permission denied"))
        #expect(run.exitCode == 0)
    }

    @Test(.enabled(if: mayGiveUpRights, "root without setpriv may write everything"))
    func whatMayNotBeReapedIsNamedOnce() async throws {
        let folder = try TemporaryFolder()
        var file = PythonMetricFile()
        file.add(family: "a", sample: "a", help: "A", value: 1)
        try folder.write(file.bytes, as: "gauge_livesum_swift-0.db")
        try folder.write([], as: "swift-0.lock")
        try #require(chmod(folder.path + "/swift-0.lock", 0o444) == 0 && chmod(folder.path, 0o555) == 0)
        defer { chmod(folder.path, 0o755) }
        let run = try await ExporterProcess.run(
            ["reap", "--pid", "77", "--sole-reader", "--multiproc-dir", folder.path],
            launcher: Self.without("dac_override", "dac_read_search")
        )
        #expect(run.exitCode == 74)
        #expect(run.output.isEmpty)
        let lock = folder.path + "/swift-0.lock"
        #expect(run.errors.hasPrefix("error: Cannot lock the slot file '\(lock)': Permission denied"))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    private static let setpriv = Command.path(of: "setpriv")

    /// A launcher that takes rights of root away; nothing where there are none.
    private static func without(_ capabilities: String...) -> [String] {
        guard geteuid() == 0, let setpriv else { return [] }
        return [setpriv, "--bounding-set", capabilities.map { "-\($0)" }.joined(separator: ",")]
    }

    private static let mayGiveUpRights = geteuid() != 0 || setpriv != nil
}
