import Foundation
import Testing

/// `metrics-exporter reap`: what it does to which files, and how it ends.
@Suite(.timeLimit(.minutes(10))) struct ReapCommandTests {
    private func write(_ names: [String], in folder: TemporaryFolder) throws {
        var file = PythonMetricFile()
        file.add(family: "a", sample: "a", help: "A", value: 1)
        for name in names { try folder.write(file.bytes, as: name) }
    }

    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func withoutFlagsPythonsFilesStay() async throws {
        let folder = try TemporaryFolder()
        let names = ["counter_1000001.db", "gauge_all_1000001.db", "gauge_liveall_1000001.db"]
        try write(names, in: folder)
        let run = try await ExporterProcess.run(["reap", "--multiproc-dir", folder.path])
        #expect(run.exitCode == 0)
        #expect(run.output.isEmpty && run.errors.isEmpty)
        #expect(try files(folder) == names)
    }

    @Test func aPidIsMarkedDead() async throws {
        let folder = try TemporaryFolder()
        try write(
            ["counter_77.db", "gauge_all_77.db", "gauge_liveall_77.db", "gauge_livesum_78.db", "gauge_livemax_79.db"],
            in: folder
        )
        let run = try await ExporterProcess.run(
            ["reap", "--pid", "77", "--pid", "78"],
            environment: ["PROMETHEUS_MULTIPROC_DIR": folder.path]
        )
        #expect(run.exitCode == 0)
        #expect(run.output == "removed gauge_liveall_77.db\nremoved gauge_livesum_78.db\n")
        #expect(try files(folder) == ["counter_77.db", "gauge_all_77.db", "gauge_livemax_79.db"])
    }

    @Test func inOnePidNamespaceFreePidsAreDead() async throws {
        let folder = try TemporaryFolder()
        // Beyond every limit of the kernel's, so that no process has it.
        try write(["gauge_liveall_999999999.db", "gauge_liveall_\(getpid()).db"], in: folder)
        let run = try await ExporterProcess.run(["reap", "--same-pid-namespace", "--multiproc-dir", folder.path])
        #expect(run.exitCode == 0)
        #expect(run.output == "removed gauge_liveall_999999999.db\n")
        #expect(try files(folder) == ["gauge_liveall_\(getpid()).db"])
    }

    @Test func deadSlotsAreReapedFoldedAndArchived() async throws {
        let folder = try TemporaryFolder()
        try write(["counter_swift-0.db", "counter_swift-1.db", "gauge_livesum_swift-1.db"], in: folder)
        for slot in 0...1 { try folder.write([], as: "swift-\(slot).lock") }
        let before = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path])
        try write(["gauge_livesum_swift-1.db"], in: folder)
        let reap = try await ExporterProcess.run(["reap", "--multiproc-dir", folder.path])
        #expect(
            reap.output.split(separator: "\n").sorted() == [
                "folded counter_swift-0.db", "folded counter_swift-1.db", "removed gauge_livesum_swift-1.db",
            ]
        )
        let archive = try await ExporterProcess.run(["reap", "--sole-reader", "--multiproc-dir", folder.path])
        #expect(archive.output == "archived counter_swift-0.db\narchived counter_swift-1.db\n")
        #expect(archive.exitCode == 0)
        let after = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path])
        #expect(after.output == before.output && after.output.hasSuffix("a 2\n"))
        #expect(try files(folder).filter { $0.hasSuffix(".db") } == ["counter_swift-archive.db"])
    }

    @Test func aMissingDirectoryIsMissingInput() async throws {
        let folder = try TemporaryFolder()
        let run = try await ExporterProcess.run(["reap", "--multiproc-dir", folder.path + "/nothing"])
        #expect(run.exitCode == 66)
        #expect(run.errors.hasPrefix("error: the directory '\(folder.path)/nothing' does not exist;"))
    }

    @Test(arguments: [["--pid", "0"], ["--pid", "-5"], ["--pid", "all"], ["--pid"], ["extra"]])
    func wrongFlagsAreUsageErrors(arguments: [String]) async throws {
        let run = try await ExporterProcess.run(["reap"] + arguments)
        #expect(run.exitCode == 64)
        #expect(run.output.isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
    func outputThatCannotBeWrittenIsSaidSo() async throws {
        let folder = try TemporaryFolder()
        try write(["gauge_livesum_78.db"], in: folder)
        let run = try await ExporterProcess.run(
            ["reap", "--pid", "78", "--multiproc-dir", folder.path],
            output: "/dev/full"
        )
        #expect(run.exitCode == 74)
        #expect(run.errors.hasPrefix("error: cannot write to standard output: "))
    }
}
