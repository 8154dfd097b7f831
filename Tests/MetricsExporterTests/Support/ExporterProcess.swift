import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One run of the built `metrics-exporter`.
final class ExporterProcess: Sendable {
    /// How a run ended and what it printed.
    struct Outcome: Sendable {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    private let process: LockedProcess
    private let folder: TemporaryFolder
    private let outputPath: String
    private let errorsPath: String
    private let exits: AsyncStream<Int32>

    /// Starts the exporter with those variables and no others.
    ///
    /// - Parameters:
    ///   - launcher: A program and its first arguments, which starts the exporter, such as `setpriv`.
    ///   - output: A file that standard output goes to, where it is not to be read back.
    init(
        _ arguments: [String],
        environment: [String: String] = [:],
        launcher: [String] = [],
        output: String? = nil
    ) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        outputPath = output ?? folder.path + "/output"
        errorsPath = folder.path + "/errors"
        let process = Process()
        let command = launcher + [Self.productsFolder.appendingPathComponent("metrics-exporter").path] + arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        // Files instead of pipes: nobody has to read along, and what a log says can be looked at while it runs.
        process.standardOutput =
            try output.map { try FileHandle(forWritingTo: URL(fileURLWithPath: $0)) }
            ?? folder.file("output")
        process.standardError = try folder.file("errors")
        let (exits, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.exits = exits
        process.terminationHandler = { ended in
            // A signal that ended the process is told apart as shells do.
            let code = ended.terminationReason == .exit ? ended.terminationStatus : 128 + ended.terminationStatus
            continuation.yield(code)
            continuation.finish()
        }
        try process.run()
        self.process = LockedProcess(process)
    }

    deinit {
        process.kill()
    }

    /// Runs the exporter to its end.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        launcher: [String] = [],
        output: String? = nil
    ) async throws -> Outcome {
        try await ExporterProcess(arguments, environment: environment, launcher: launcher, output: output).outcome()
    }

    /// Waits for the end.
    func outcome() async throws -> Outcome {
        let exitCode = try #require(await exits.first { _ in true })
        return Outcome(exitCode: exitCode, output: contents(outputPath), errors: contents(errorsPath))
    }

    /// What has been logged so far.
    var errors: String { contents(errorsPath) }

    func send(_ signal: Int32) {
        process.send(signal)
    }

    /// The process' id.
    var id: Int32 { process.id }

    /// The port that the log reports, as soon as it does.
    func port() async throws -> Int {
        try await eventually("the log reports a port") {
            guard let match = self.errors.firstMatch(of: #/ port=(\d+) /#), let port = Int(match.1) else { return nil }
            return port
        }
    }

    private func contents(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    /// Where the build puts executables: beside the bundle of the tests.
    static let productsFolder: URL = {
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            return bundle.bundleURL.deletingLastPathComponent()
        }
        return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    }()
}

/// A `Process`, which is not `Sendable`, behind a lock.
private final class LockedProcess: @unchecked Sendable {
    private let lock = NSLock()
    private let process: Process

    init(_ process: Process) {
        self.process = process
    }

    func send(_ signal: Int32) {
        lock.withLock { _ = kill(process.processIdentifier, signal) }
    }

    var id: Int32 { lock.withLock { process.processIdentifier } }

    func kill() {
        lock.withLock {
            if process.isRunning { _ = kill(process.processIdentifier, SIGKILL) }
        }
    }

    private func kill(_ pid: Int32, _ signal: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.kill(pid, signal)
        #elseif canImport(Musl)
            Musl.kill(pid, signal)
        #else
            Glibc.kill(pid, signal)
        #endif
    }
}
