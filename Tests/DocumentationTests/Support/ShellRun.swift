import Foundation

/// A line of the shell that ran to its end.
struct ShellRun: Sendable {
    let code: Int32
    /// What it wrote on standard output and standard error.
    let output: String

    /// Runs a line in a folder; the package's programs are on the `PATH`.
    ///
    /// - Parameters:
    ///   - line: For `/bin/sh`.
    ///   - seconds: After which it is killed, and all that it started.
    init(_ line: String, in folder: URL, variables: [String: String] = [:], seconds: Int = 120) async throws {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("shell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: log) }
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let handle = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // `timeout` takes a group of its own down with it.
        process.arguments = ["-c", "exec timeout -k 5 \(seconds) /bin/sh -c \"$LINE\""]
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        environment["LINE"] = line
        // Tests leave nothing behind where their user's runs are remembered.
        environment["METRICS_GENERATOR_CACHE"] = ""
        environment["PATH"] = PackageFiles.products.path + ":" + (environment["PATH"] ?? "")
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        code = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        output = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    }
}

/// A folder that is gone when nobody holds it any more.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("documentation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }
}
