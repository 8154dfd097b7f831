import Foundation

/// Stands between a scraper and an endpoint, and asks the endpoint for text 0.0.4 whatever the scraper would like best.
///
/// Every Prometheus that can be had prefers another format, and old ones cannot be told otherwise. What is not text 0.0.4
/// is not passed on.
final class PlainTextRelay: @unchecked Sendable {
    static let python = Command.path(of: "python3")

    private let process = Process()
    private let folder: TemporaryFolder
    private let logPath: String

    /// Starts it; `endpoint` is a host and a port.
    init(to endpoint: String) throws {
        folder = try TemporaryFolder()
        logPath = folder.path + "/log"
        guard let python = Self.python else { throw NeverHappened(description: "python3 is not on the PATH") }
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", Self.program, "http://\(endpoint)/metrics"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try folder.file("log")
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        // A process starts with the signals blocked that its parent's thread has blocked; this one is never.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Its host and port, as soon as it listens.
    func address() async throws -> String {
        try await eventually("the relay reports its port") { [logPath] in
            let log = try String(contentsOfFile: logPath, encoding: .utf8)
            return log.hasSuffix("\n") ? "127.0.0.1:\(log.dropLast())" : nil
        }
    }

    private static let program = """
        import http.server, sys, urllib.request

        class Relay(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                request = urllib.request.Request(sys.argv[1], headers={"Accept": "text/plain;version=0.0.4"})
                with urllib.request.urlopen(request) as answer:
                    kind, body = answer.headers["Content-Type"], answer.read()
                is_text = kind.startswith("text/plain; version=0.0.4")
                self.send_response(200 if is_text else 502)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
