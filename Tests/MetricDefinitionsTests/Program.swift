import Foundation

/// Programs that tests ask for a second opinion.
struct Program {
    var path: String

    /// What a run gave.
    struct Result {
        var code: Int32
        var output: String
    }

    /// Python with a module: that of `METRICS_PYTHON`, of `.venv`, or of the `PATH`.
    static func python(with module: String) -> Program? {
        let named = ProcessInfo.processInfo.environment["METRICS_PYTHON"] ?? ""
        let local = PackageFiles.root.appendingPathComponent(".venv/bin/python3").path
        let program =
            !named.isEmpty
            ? Program(path: named)
            : FileManager.default.isExecutableFile(atPath: local) ? Program(path: local) : find("python3")
        guard let program, let result = try? program.run(["-c", "import \(module)"]), result.code == 0 else {
            return nil
        }
        return program
    }

    /// A program on the `PATH`.
    static func find(_ name: String) -> Program? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.lazy.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { Program(path: $0) }
    }

    /// Runs it to its end; standard error goes the same way as the output.
    func run(_ arguments: [String]) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("program-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Result(code: process.terminationStatus, output: try String(contentsOf: file, encoding: .utf8))
    }
}
