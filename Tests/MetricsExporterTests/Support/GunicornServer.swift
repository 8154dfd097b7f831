import Foundation
import Testing

/// A real gunicorn whose workers count with Python's `prometheus_client` and with gunicorn-prometheus-exporter.
final class GunicornServer: Sendable {
    /// A Python that has both: `METRICS_PYTHON`, the package's `.venv`, or the one on the `PATH`.
    static let python: String? = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let named = ProcessInfo.processInfo.environment["METRICS_PYTHON"]
        let local = root.appendingPathComponent(".venv/bin/python3").path
        let candidates = named.map { [$0] } ?? [local, Command.path(of: "python3")].compactMap { $0 }
        return candidates.first { candidate in
            guard FileManager.default.isExecutableFile(atPath: candidate) else { return false }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: candidate)
            process.arguments = ["-c", "import gunicorn, prometheus_client, gunicorn_prometheus_exporter"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }()
    static let absence: Comment = "no Python with gunicorn and gunicorn-prometheus-exporter: see scripts/install-tools"

    /// The directory that the workers write to.
    let directory: String
    /// Where it listens, such as `http://127.0.0.1:40123`.
    let url: String

    private let master: Int32
    private let folder: TemporaryFolder

    /// Starts it and waits until it listens.
    init(workers: Int) async throws {
        let python = try #require(Self.python)
        let folder = try TemporaryFolder()
        self.folder = folder
        let directory = folder.path + "/metrics"
        self.directory = directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try folder.write(Array(Self.app.utf8), as: "app.py")
        try folder.write(Array(Self.settings(workers: workers).utf8), as: "settings.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", Self.launcher, "-m", "gunicorn", "-c", "settings.py", "app:app"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["PROMETHEUS_MULTIPROC_DIR": directory, "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try folder.file("log")
        try process.run()
        master = process.processIdentifier
        url = try await eventually("gunicorn listens") {
            let log = (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
            return log.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://127.0.0.1:") }.map(
                String.init
            )
        }
    }

    deinit {
        kill(master, SIGKILL)
    }

    /// Ends it and its workers, and waits until nobody listens.
    func stop() async throws {
        kill(master, SIGTERM)
        let url = url
        _ = try await eventually("gunicorn ends") { try await Command.get(url).isEmpty ? true : nil }
    }

    /// How many workers the master has started so far.
    var startedWorkers: Int {
        let log = (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
        return log.split(separator: "\n").count { $0.contains("Booting worker with pid") }
    }

    /// Sends requests one after the other; the pids of the workers that answered.
    func request(_ path: String, count: Int) async throws -> Set<Int32> {
        var pids: Set<Int32> = []
        for _ in 0..<count {
            if let pid = Int32(try await Command.get(url + path)) { pids.insert(pid) }
        }
        return pids
    }

    /// What Python's own collector says of the directory.
    func pythonScrape() async throws -> String {
        try await Command.output(try #require(Self.python), ["-c", Self.scrape, directory])
    }

    /// Threads of a task pool block signals, and a program that one of them starts inherits that; the master lives by
    /// signals.
    private static let launcher = """
        import os, signal, sys
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.execv(sys.executable, [sys.executable] + sys.argv[1:])
        """

    private static let app = """
        import os
        from prometheus_client import Counter, Gauge, Histogram, Summary
        requests = Counter("app_requests", "Requests", ["path"])
        seconds = Histogram("app_seconds", "Time", ["path"])
        sizes = Summary("app_bytes", "Sizes")
        gauges = [
            Gauge("app_" + mode, "Set by requests", multiprocess_mode=mode)
            for mode in ["all", "liveall", "min", "livemin", "max", "livemax", "sum", "livesum", "mostrecent"]
        ]

        def app(environ, start_response):
            path = environ["PATH_INFO"]
            requests.labels(path).inc()
            seconds.labels(path).observe(0.01 * (1 + os.getpid() % 7))
            sizes.observe(len(path))
            for gauge in gauges:
                gauge.set(os.getpid() % 100)
            body = str(os.getpid()).encode()
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
            return [body]
        """

    /// The exporter's own endpoint stays off; its settings are checked all the same.
    private static func settings(workers: Int) -> String {
        """
        import os
        os.environ["PROMETHEUS_METRICS_PORT"] = "9091"
        os.environ["PROMETHEUS_BIND_ADDRESS"] = "127.0.0.1"
        os.environ["GUNICORN_WORKERS"] = "\(workers)"
        import gunicorn_prometheus_exporter
        bind = "127.0.0.1:0"
        workers = \(workers)
        worker_class = "gunicorn_prometheus_exporter.PrometheusWorker"
        """
    }

    private static let scrape = """
        import sys, glob
        from prometheus_client import CollectorRegistry, generate_latest, multiprocess
        real = glob.glob
        multiprocess.glob.glob = lambda *a, **k: sorted(real(*a, **k))
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=sys.argv[1])
        sys.stdout.write(generate_latest(registry).decode())
        """
}
