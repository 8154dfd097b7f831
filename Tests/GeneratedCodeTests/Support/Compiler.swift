import Foundation

/// The Swift compiler, against the runtime as it was built for these tests.
struct Compiler {
    /// One message about a file.
    struct Message: Hashable {
        var file: String
        var line: Int
        var severity: String
        var text: String
    }

    struct Result {
        var code: Int32
        var output: String
        var messages: [Message]
    }

    private let executable: String
    /// The folder of the built products, where the modules and module maps are.
    private let products: String

    /// `nil` where there is no compiler on the `PATH`, or the products are not where SwiftPM puts them.
    init?() {
        guard let executable = Self.find("swiftc"), let products = Self.products else { return nil }
        self.executable = executable
        self.products = products
    }

    /// Why tests with the compiler are skipped.
    static let missing = "there is no swiftc on the PATH, or no MetricsRuntime.swiftmodule beside the test bundle"

    static var isThere: Bool { Compiler() != nil }

    /// Checks files as part of one module, in the language mode of this package, and compiles them unless told
    /// otherwise. With `isPlain` without the features that a new package does not have either.
    func compile(
        _ files: [String],
        typesOnly: Bool = false,
        optimized: Bool = false,
        isPlain: Bool = false,
        settings: [String] = [],
        into folder: String
    ) throws -> Result {
        let features = isPlain ? [] : ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
        var arguments = ["-swift-version", "6", "-parse-as-library", "-module-name", "Probe", "-package-name", "probe"]
        arguments += features.flatMap { ["-enable-upcoming-feature", $0] } + settings
        arguments += [
            "-I", products + "/Modules",
            "-Xcc", "-fmodule-map-file=" + products + "/CMetricsSupport.build/module.modulemap",
            "-module-cache-path", products + "/ModuleCache",
        ]
        arguments += typesOnly ? ["-typecheck"] : ["-c", "-wmo", "-o", folder + "/probe.o"]
        if optimized { arguments.append("-O") }
        let (code, output) = try Self.run(executable, arguments + files)
        return Result(code: code, output: output, messages: output.split(separator: "\n").compactMap(Self.message))
    }

    /// `path:line:column: severity: text`.
    private static func message(_ line: Substring) -> Message? {
        let parts = line.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, let number = Int(parts[1]), Int(parts[2]) != nil else { return nil }
        let severity = parts[3].trimmingCharacters(in: .whitespaces)
        guard ["error", "warning"].contains(severity) else { return nil }
        return Message(
            file: String(parts[0]),
            line: number,
            severity: severity,
            text: parts[4].trimmingCharacters(in: .whitespaces)
        )
    }

    /// Runs a program, and gives what it printed on both streams.
    static func run(_ path: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// A program on the `PATH`.
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { $0 + "/" + name }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// The package's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static var products: String? {
        #if os(macOS)
            let bundle =
                Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
        #else
            let bundle = Bundle.main.bundleURL.appendingPathComponent("tests")
        #endif
        let folder = bundle.deletingLastPathComponent().path
        let module = folder + "/Modules/MetricsRuntime.swiftmodule"
        return FileManager.default.fileExists(atPath: module) ? folder : nil
    }
}
