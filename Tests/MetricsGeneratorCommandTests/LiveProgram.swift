import Foundation

/// A program of Prometheus that serves its metrics on a port of the system's choice.
struct LiveProgram {
    struct NotReady: Error {
        var name: String
        var log: String
    }

    private let name: String
    private let process = Process()
    private let log: String

    static func isThere(_ name: String) -> Bool { path(of: name) != nil }

    private static func path(of name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    init(_ name: String, _ arguments: [String], in folder: String) throws {
        self.name = name
        log = folder + "/log"
        guard let path = Self.path(of: name) else { throw NotReady(name: name, log: "it is not on the PATH") }
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try process.run()
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// What it exposes, as soon as it answers; its log tells the port.
    func scrape() throws -> String {
        let deadline = ContinuousClock.now.advanced(by: .seconds(300))
        var text = ""
        repeat {
            text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if let port = text.firstMatch(of: #/Listening on" address=127\.0\.0\.1:([0-9]+)/#).map({ String($0.1) }),
                let scrape = try fetch("http://127.0.0.1:\(port)/metrics"), scrape.hasSuffix("\n")
            {
                return scrape
            }
            // Between two looks at the log the program needs the processor more than this test.
            Thread.sleep(forTimeInterval: 0.05)
        } while process.isRunning && ContinuousClock.now < deadline
        throw NotReady(name: name, log: text)
    }

    private func fetch(_ address: String) throws -> String? {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = ["curl", "--silent", "--fail", "--max-time", "240", address]
        let pipe = Pipe()
        curl.standardOutput = pipe
        try curl.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        curl.waitUntilExit()
        return curl.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}
