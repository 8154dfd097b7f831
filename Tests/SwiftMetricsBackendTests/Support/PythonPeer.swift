import Foundation

/// Python's client, the judge of the files that we write.
enum PythonPeer {
    /// A Python that has it: the value of `METRICS_PYTHON`, else that of `.venv` in the package, else the one on the
    /// PATH; `nil` where it cannot be imported.
    static let path: String? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let local = package.appendingPathComponent(".venv/bin/python3").path
        let named = ProcessInfo.processInfo.environment["METRICS_PYTHON"]
        let candidate = named ?? (FileManager.default.isExecutableFile(atPath: local) ? local : "python3")
        return (try? run(candidate, "import prometheus_client", [])) == nil ? nil : candidate
    }()

    /// What Python's collector makes of a directory.
    static func expose(_ directory: String) throws -> String {
        let program = """
            import sys
            from prometheus_client import CollectorRegistry, generate_latest
            from prometheus_client.multiprocess import MultiProcessCollector
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=sys.argv[1])
            sys.stdout.write(generate_latest(registry).decode())
            """
        return try run(path ?? "python3", program, [directory])
    }

    private static func run(_ python: String, _ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", program] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: text, as: UTF8.self)
    }

    struct Failure: Error {
        let status: Int32
    }
}
