import Foundation
import Testing

/// The real Python client, which our files and merges must agree with.
enum PythonPeer {
    /// A Python that can import `prometheus_client`: `METRICS_PYTHON`, the package's `.venv`, or the one on the `PATH`.
    static let executable: String? = {
        let named = ProcessInfo.processInfo.environment["METRICS_PYTHON"]
        let local = PeerData.packageRoot.appendingPathComponent(".venv/bin/python3").path
        let candidates = named.map { [$0] } ?? [local, PeerProcess.find("python3")].compactMap { $0 }
        return candidates.first { candidate in
            guard FileManager.default.isExecutableFile(atPath: candidate) else { return false }
            return (try? PeerProcess.run(candidate, ["-c", "import prometheus_client"]))?.status == 0
        }
    }()

    static let isPresent = executable != nil
    static let absence: Comment = "no Python with prometheus_client: set METRICS_PYTHON or make .venv"

    /// Runs a script and returns what it printed.
    static func run(_ script: String, _ arguments: [String] = [], input: String = "") throws -> String {
        let output = try PeerProcess.run(try #require(executable), ["-c", script] + arguments, input: input)
        try #require(output.status == 0, "\(output.standardError)")
        return output.standardOutput
    }
}
