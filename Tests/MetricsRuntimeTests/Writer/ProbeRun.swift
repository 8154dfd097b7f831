import Foundation
import ProcessTesting
import Testing

/// The program `ForkProbe`, which plays a scene in a process of its own.
enum ProbeRun {
    /// Whether the program is built with ThreadSanitizer.
    static let isUnderThreadSanitizer = ProcessInfo.processInfo.environment["METRICS_SANITIZER"] == "thread"

    /// Built beside the test bundle.
    static var executable: String {
        get throws {
            let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            var folder = bundle.deletingLastPathComponent()
            // macOS keeps the test binary inside a bundle.
            while folder.path != "/" {
                let candidate = folder.appendingPathComponent("ForkProbe").path
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
                folder.deleteLastPathComponent()
            }
            throw Missing(folder: bundle.deletingLastPathComponent().path)
        }
    }

    struct Missing: Error, CustomStringConvertible {
        let folder: String
        var description: String { "ForkProbe is not built in \(folder)" }
    }

    /// Plays a scene to its end; what it printed.
    static func play(_ scene: String, _ arguments: String...) throws -> String {
        let output = try PeerProcess.run(try executable, [scene] + arguments)
        try #require(output.status == 0, "\(scene): \(output.standardOutput)\(output.standardError)")
        return output.standardOutput
    }

    /// Starts a scene and waits for the first line that it prints.
    static func start(_ scene: String, _ arguments: String...) throws -> RunningProbe {
        try startProgram(try executable, [scene] + arguments)
    }

    /// Starts a program and waits for the first line that it prints.
    static func startProgram(_ path: String, _ arguments: [String]) throws -> RunningProbe {
        let input = try DescriptorPipe()
        let output = try DescriptorPipe()
        let program = try ChildProgram(path, arguments, input: input.reading, output: output.writing)
        input.closeReading()
        output.closeWriting()
        _ = output.read(atMost: 1024)
        return RunningProbe(program: program, input: input, output: output)
    }
}

/// A scene that goes on; killed when this goes.
final class RunningProbe {
    /// Its process id.
    var pid: Int32 { program.pid }

    private let program: ChildProgram
    private let input: DescriptorPipe
    /// Kept open: what writes to a pipe that nobody reads is ended by a signal.
    private let output: DescriptorPipe

    init(program: ChildProgram, input: DescriptorPipe, output: DescriptorPipe) {
        self.program = program
        self.input = input
        self.output = output
    }

    /// Ends it as an out-of-memory killer would.
    func kill() {
        program.kill()
    }

    /// Ends it by closing its standard input.
    func finish() {
        input.closeWriting()
        program.wait()
    }
}
