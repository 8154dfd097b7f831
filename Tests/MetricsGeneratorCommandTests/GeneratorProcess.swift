import Foundation

/// The built executable, run as users run it.
struct GeneratorProcess {
    struct Result {
        var code: Int32
        var output: String
        var error: String
    }

    /// Tests leave nothing behind where their user's runs are remembered.
    private static let standardEnvironment = ["METRICS_GENERATOR_CACHE": ""]

    /// Runs the generator in a folder, with a file of it as standard input where one is named.
    static func run(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        standardInput: String? = nil
    ) throws -> Result {
        try run(
            arguments,
            of: "metrics-generator",
            in: folder,
            environment: environment,
            standardInput: standardInput
        )
    }

    /// Runs an executable of the package in a folder.
    static func run(
        _ arguments: [String],
        of name: String,
        in folder: String,
        environment: [String: String] = [:],
        standardInput: String? = nil
    ) throws -> Result {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(standardEnvironment) { $1 }
            .merging(environment) { $1 }
        process.executableURL = executable(name)
        process.arguments = arguments
        return try run(process, in: folder, standardInput: standardInput)
    }

    /// Runs a line of the shell in a folder, for which `metrics-generator` is on the `PATH`.
    static func runShell(_ line: String, in folder: String) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        var environment = ProcessInfo.processInfo.environment.merging(standardEnvironment) { $1 }
        environment["PATH"] =
            executable("metrics-generator").deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
        process.environment = environment
        return try run(process, in: folder)
    }

    private static func run(_ process: Process, in folder: String, standardInput: String? = nil) throws -> Result {
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        if let standardInput {
            process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(folder)/\(standardInput)"))
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        let output = URL(fileURLWithPath: folder + "/.stdout-\(UUID().uuidString)")
        let error = URL(fileURLWithPath: folder + "/.stderr-\(UUID().uuidString)")
        for file in [output, error] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            error: try String(contentsOf: error, encoding: .utf8)
        )
    }

    /// Products stand beside the bundle that holds the tests.
    private static func executable(_ name: String) -> URL {
        #if os(macOS)
            let bundle =
                Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
        #else
            let bundle = Bundle.main.bundleURL.appendingPathComponent("tests")
        #endif
        return bundle.deletingLastPathComponent().appendingPathComponent(name)
    }
}
