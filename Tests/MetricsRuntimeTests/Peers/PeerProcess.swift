import Foundation
import ProcessTesting

/// Runs another program to its end and hands back what it wrote.
enum PeerProcess {
    struct Output {
        /// The exit status, or 128 and the number of the signal that ended it.
        var status: Int32
        var standardOutput: String
        var standardError: String
    }

    /// Runs a program; its output goes through files, so that no pipe fills up and stops it.
    static func run(
        _ executable: String,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Output {
        try TemporaryFolder.with { folder in
            let names = ["in", "out", "err"].map { "\(folder)/\($0)" }
            try Data(input.utf8).write(to: URL(fileURLWithPath: names[0]))
            for name in names.dropFirst() { try Data().write(to: URL(fileURLWithPath: name)) }
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: names[0]))
            let output = try FileHandle(forWritingTo: URL(fileURLWithPath: names[1]))
            let error = try FileHandle(forWritingTo: URL(fileURLWithPath: names[2]))
            let program = try ChildProgram(
                executable,
                arguments,
                environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
                input: input.fileDescriptor,
                output: output.fileDescriptor,
                error: error.fileDescriptor
            )
            return Output(
                status: program.wait(),
                standardOutput: String(decoding: try Data(contentsOf: URL(fileURLWithPath: names[1])), as: UTF8.self),
                standardError: String(decoding: try Data(contentsOf: URL(fileURLWithPath: names[2])), as: UTF8.self)
            )
        }
    }

    /// The first program of that name in the folders of `PATH`.
    static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy.map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
