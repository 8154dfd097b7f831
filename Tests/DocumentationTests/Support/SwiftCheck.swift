import Foundation

/// Compiles pieces of Swift against the modules that were built beside the tests.
struct SwiftCheck {
    /// Modules that every piece may use.
    private static let imports = [
        "MetricsRuntime", "MetricsServer", "MetricsRedis", "SwiftMetricsBackend", "WorkerMetrics", "Logging", "Metrics",
        "ServiceLifecycle", "Testing",
    ].filter { module in
        // What no trait brings in is not there; Testing is the toolchain's.
        let path = PackageFiles.products.appendingPathComponent("Modules/\(module).swiftmodule").path
        return module == "Testing" || FileManager.default.fileExists(atPath: path)
    }
    private let folder: TemporaryFolder
    private var files: [String] = []

    init() throws { folder = try TemporaryFolder() }

    /// Adds the code that the generator makes of definitions.
    mutating func add(definitions: [String], name: String) async throws {
        for (index, text) in definitions.enumerated() { try folder.write(text, to: "\(name)/page\(index).yaml") }
        let run = try await ShellRun(
            "metrics-generator generate --definitions \(name) --output \(name)-code --registry \(name)",
            in: folder.url
        )
        guard run.code == 0 else { throw Failure(description: run.output) }
        let made = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appendingPathComponent("\(name)-code").path
        )
        files += made.map { "\(name)-code/\($0)" }
    }

    /// Adds the body of a function, or declarations where it holds some that stand in no function.
    ///
    /// - Parameters:
    ///   - lines: The code; its imports stand where they belong.
    ///   - page: The page and line that errors are reported at.
    ///   - hiding: Modules whose names the page's own code has too.
    mutating func add(_ lines: [String], given: [String] = [], page: String, line: Int, hiding: Set<String> = []) throws
    {
        let name = "Block\(files.count)"
        var text = Self.imports.filter { !hiding.contains($0) }.map { "import \($0)\n" }.joined()
        var body = given.map { $0 + "\n" }.joined() + "#sourceLocation(file: \"\(page)\", line: \(line))\n"
        for line in lines {
            if line.hasPrefix("import ") {
                text += line + "\n"
                body += "\n"
            } else {
                body += line + "\n"
            }
        }
        body += "#sourceLocation()\n"
        let isDeclarations = lines.contains { $0.hasPrefix("@Test") || $0.hasPrefix("extension ") }
        text += isDeclarations ? "struct \(name) {\n\(body)}\n" : "func \(name)() async throws {\n\(body)}\n"
        try folder.write(text, to: "\(name).swift")
        files.append("\(name).swift")
    }

    /// What the compiler says of all of it; empty where it finds no error.
    func errors() async throws -> String {
        let build = PackageFiles.products.path
        // Modules in C that Swift modules were made with: each with a map beside its headers, or one that was made.
        let includes =
            "$(ls -d \(PackageFiles.root.path)/Sources/*/include \(build)/../../checkouts/*/Sources/*/include)"
        let maps =
            "$(ls \(build)/*.build/module.modulemap \(build)/../../checkouts/*/Sources/*/include/module.modulemap "
            + "\(PackageFiles.root.path)/Sources/*/module.modulemap)"
        let command = """
            set --
            for path in \(includes); do set -- "$@" -Xcc "-I$path"; done
            for path in \(maps); do set -- "$@" -Xcc "-fmodule-map-file=$path"; done
            plugins=$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")/lib/swift/host/plugins/testing
            swiftc -typecheck -swift-version 6 -enable-upcoming-feature InternalImportsByDefault -parse-as-library \
                -module-name Documented -I \(build)/Modules -plugin-path "$plugins" "$@" \
                \(files.joined(separator: " "))
            """
        let run = try await ShellRun(command, in: folder.url, seconds: 300)
        return run.code == 0 ? "" : run.output
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
