#if Redis
    import Foundation
    import Synchronization
    import Testing

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// One run of another program; killed with its last reference.
    final class Program: Sendable {
        private struct Running: @unchecked Sendable {
            let process: Process
            let input: Pipe
        }

        private let running: Mutex<Running>
        private let folder: TestFolder
        private let ended = Mutex<Int32?>(nil)

        /// Starts a program by its path or by its name on the `PATH`.
        init(_ name: String, _ arguments: [String], environment: [String: String]? = nil) throws {
            folder = try TestFolder()
            let process = Process()
            let path = try #require(name.contains("/") ? name : Self.find(name), "\(name) is not on the PATH")
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = arguments
            if let environment { process.environment = environment }
            let input = Pipe()
            process.standardInput = input
            let output = folder.path + "/output"
            try Data().write(to: URL(fileURLWithPath: output))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
            process.standardOutput = handle
            process.standardError = handle
            running = Mutex(Running(process: process, input: input))
            process.terminationHandler = { [weak self] process in
                self?.ended.withLock { $0 = process.terminationStatus }
            }
            try process.run()
        }

        deinit {
            running.withLock { if $0.process.isRunning { kill($0.process.processIdentifier, SIGKILL) } }
        }

        /// What the program has written so far.
        var output: String {
            String(decoding: FileManager.default.contents(atPath: folder.path + "/output") ?? Data(), as: UTF8.self)
        }

        /// Its exit code, or the signal that ended it; `nil` while it runs.
        var exitCode: Int32? { ended.withLock { $0 } }

        func send(_ signal: Int32) {
            running.withLock { if $0.process.isRunning { _ = kill($0.process.processIdentifier, signal) } }
        }

        /// Ends the program's standard input.
        func closeInput() {
            running.withLock { try? $0.input.fileHandleForWriting.close() }
        }

        /// Waits for the end.
        @discardableResult
        func end() async throws -> Int32 {
            try await eventually("the program ends") { self.exitCode }
        }

        /// Runs a program to its end; what it wrote.
        @discardableResult
        static func run(_ name: String, _ arguments: [String]) async throws -> String {
            let program = try Program(name, arguments)
            program.closeInput()
            let code = try await program.end()
            try #require(code == 0, "\(name) \(arguments): \(program.output)")
            return program.output
        }

        /// The first program of that name on the `PATH`.
        static func find(_ name: String) -> String? {
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            // Not every user's PATH has the folders of ip and its like.
            let folders: [Substring] = path.split(separator: ":") + ["/usr/sbin", "/sbin"]
            let candidates: [String] = folders.map { "\($0)/\(name)" }
            return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
        }

        /// A program of this package.
        static func product(_ name: String) -> String {
            for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
                return bundle.bundleURL.deletingLastPathComponent().appendingPathComponent(name).path
            }
            return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
                .appendingPathComponent(name).path
        }
    }
#endif
