import Foundation

/// Programs of others that judge outputs.
enum Program {
    struct Result {
        var code: Int32
        var output: String
    }

    /// Runs a program, and gives what it printed on both streams.
    static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: String? = nil
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(code: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    /// A program on the `PATH`.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { $0 + "/" + name }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    static let promtool = find("promtool")

    /// A Python with `prometheus_client`.
    static let python: String? = {
        let candidates = [
            ProcessInfo.processInfo.environment["METRICS_PYTHON"], PackageFiles.root + "/.venv/bin/python3", find("python3"),
        ]
        guard let python = candidates.compactMap({ $0 }).first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        let check = try? run(python, ["-c", "import prometheus_client"])
        return check?.code == 0 ? python : nil
    }()
}
