import Foundation
import Testing

/// `metrics-exporter dump`: what it prints, and how it ends.
@Suite(.timeLimit(.minutes(10))) struct DumpCommandTests {
    @Test func printsOneExposition() async throws {
        let folder = try TemporaryFolder()
        let expected = try folder.writeTwoWorkers()
        for arguments in [["dump", "--multiproc-dir", folder.path], ["dump", "--format", "text"]] {
            let run = try await ExporterProcess.run(arguments, environment: ["PROMETHEUS_MULTIPROC_DIR": folder.path])
            #expect(run.output == expected)
            #expect(run.errors.isEmpty)
            #expect(run.exitCode == 0)
        }
    }

    @Test func printsTheFormatThatIsAskedFor() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.writeTwoWorkers()
        let strict = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path, "--format", "openmetrics"])
        #expect(strict.output.contains("# TYPE app_requests counter\n"))
        #expect(strict.output.hasSuffix("# EOF\n"))
        let binary = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path, "--format", "protobuf"])
        #expect(binary.output.contains("app_requests_total"))
        #expect(!binary.output.contains("# TYPE"))
        for run in [strict, binary] {
            #expect(run.exitCode == 0)
            #expect(run.errors.isEmpty)
        }
        let wrong = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path, "--format", "json"])
        #expect(wrong.exitCode == 64)
        #expect(wrong.errors.contains("openmetrics"))
    }

    @Test func readsTheDefaultDirectory() async throws {
        let home = try TemporaryFolder()
        let folder = home.path + "/.gunicorn_prometheus"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var file = PythonMetricFile()
        file.add(family: "a", sample: "a_total", help: "A", value: 1)
        try Data(file.bytes).write(to: URL(fileURLWithPath: folder + "/counter_1.db"))
        let run = try await ExporterProcess.run(["dump"], environment: ["HOME": home.path])
        #expect(run.output == "# HELP a_total A\n# TYPE a_total counter\na_total 1\n")
        #expect(run.exitCode == 0)
    }

    @Test func anEmptyDirectoryIsAnEmptyExposition() async throws {
        let folder = try TemporaryFolder()
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path])
        #expect(run.output.isEmpty)
        #expect(run.exitCode == 0)
    }

    @Test func badFilesDoNotKeepTheRestBack() async throws {
        let folder = try TemporaryFolder()
        let expected = try folder.writeTwoWorkers()
        try folder.write([], as: "counter_103.db")
        try folder.write([1, 2, 3], as: "counter_104.db")
        try folder.write([UInt8](repeating: 0xFF, count: 4096), as: "gauge_all_105.db")
        try folder.write(Array("not ours".utf8), as: "README")
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path])
        #expect(run.output == expected)
        #expect(run.exitCode == 0)
        // Each damaged file is named; a README is no metric file and nobody's fault.
        for name in ["counter_103.db", "counter_104.db", "gauge_all_105.db"] {
            #expect(run.errors.contains("warning: \(name)"))
        }
        #expect(!run.errors.contains("README"))
    }

    @Test func aMissingDirectoryIsMissingInput() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/nothing"
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", path])
        #expect(run.exitCode == 66)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("error: the directory '\(path)' does not exist;"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFileInItsPlaceIsMissingInput() async throws {
        let folder = try TemporaryFolder()
        try folder.write([], as: "file")
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path + "/file"])
        #expect(run.exitCode == 66)
        #expect(run.errors.contains("it is not a directory"))
    }

    @Test(
        arguments: [
            ([:], "PROMETHEUS_MULTIPROC_DIR is not set, and without HOME"),
            (["PROMETHEUS_MULTIPROC_DIR": ""], #"PROMETHEUS_MULTIPROC_DIR="" is empty"#),
            (["PROMETHEUS_MULTIPROC_DIR": "~/m"], #"PROMETHEUS_MULTIPROC_DIR="~/m" begins with the home directory"#),
        ] as [([String: String], String)]
    )
    func aWrongEnvironmentIsAUsageError(environment: [String: String], message: String) async throws {
        let run = try await ExporterProcess.run(["dump"], environment: environment)
        #expect(run.exitCode == 64)
        #expect(run.errors.hasPrefix("error: \(message)"))
        #expect(run.output.isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
    func outputThatCannotBeWrittenIsSaidSo() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.writeTwoWorkers()
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", folder.path], output: "/dev/full")
        #expect(run.exitCode == 74)
        #expect(run.errors.hasPrefix("error: cannot write to standard output: "))
    }

    @Test(
        arguments: [
            ["dump", "--format", "xml"], ["dump", "--multiproc-dir", ""], ["dump", "--multiproc-dir"], ["dump", "x"],
            ["nothing"], ["--nothing"],
        ]
    )
    func wrongFlagsAreUsageErrors(arguments: [String]) async throws {
        let run = try await ExporterProcess.run(arguments)
        #expect(run.exitCode == 64)
        #expect(run.errors.hasPrefix("Error: "))
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [["--help"], [], ["dump", "--help"], ["serve", "--help"], ["--version"]])
    func helpIsNoError(arguments: [String]) async throws {
        let run = try await ExporterProcess.run(arguments)
        #expect(run.exitCode == 0)
        #expect(!run.output.isEmpty)
    }
}
