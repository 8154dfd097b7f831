import Foundation

/// Other programs that the tests use.
enum Command {
    /// The program of that name on the `PATH`, or `nil`.
    static func path(of name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What a program prints; the calling task does not block a thread meanwhile.
    static func output(_ path: String, _ arguments: [String]) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: path)
                        process.arguments = arguments
                        process.standardInput = FileHandle.nullDevice
                        process.standardError = FileHandle.nullDevice
                        let pipe = Pipe()
                        process.standardOutput = pipe
                        try process.run()
                        let data = pipe.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return String(decoding: data, as: UTF8.self)
                    }
                )
            }
        }
    }

    /// The body of a URL on this machine.
    static func get(_ url: String, header: String? = nil) async throws -> String {
        guard let curl = path(of: "curl") else { throw NeverHappened(description: "curl is not on the PATH") }
        let headers = header.map { ["-H", $0] } ?? []
        return try await output(curl, ["--silent", "--noproxy", "*", "--max-time", "240"] + headers + [url])
    }
}
