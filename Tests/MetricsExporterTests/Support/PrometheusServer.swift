import Foundation

/// A Prometheus server on a port of the system's choice, with its data in a temporary folder.
final class PrometheusServer: @unchecked Sendable {
    private let process = Process()
    private let folder: TemporaryFolder
    private let logPath: String

    init(_ path: String, scraping target: String, asksForProtobuf: Bool) throws {
        folder = try TemporaryFolder()
        logPath = folder.path + "/log"
        let configuration = """
            global: {scrape_interval: 1s, scrape_timeout: 900ms}
            scrape_configs:
              - job_name: exporter
                static_configs: [{targets: ['\(target)']}]
            """
        try folder.write(Array(configuration.utf8), as: "prometheus.yml")
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "--config.file=\(folder.path)/prometheus.yml", "--storage.tsdb.path=\(folder.path)/data",
            "--web.listen-address=127.0.0.1:0",
        ]
        if asksForProtobuf { process.arguments?.append("--enable-feature=native-histograms") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try folder.file("log")
        try process.run()
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// The address of its API, as soon as it listens.
    func api() async throws -> String {
        let port = try await eventually("prometheus reports its port") { [logPath] in
            let log = String(decoding: FileManager.default.contents(atPath: logPath) ?? Data(), as: UTF8.self)
            return log.firstMatch(of: #/Listening on"? address=127\.0\.0\.1:(\d+)/#).map { String($0.1) }
        }
        return "http://127.0.0.1:\(port)/api/v1"
    }
}
