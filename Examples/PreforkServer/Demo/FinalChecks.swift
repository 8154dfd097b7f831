import WorkerMetrics

/// What must hold in the last scrape of the demo, after one worker was killed and no request is under way.
struct FinalChecks {
    /// The metrics that a run of the demo records, by the names of their samples.
    static let recorded = [
        "gunicorn_worker_requests_total",
        "gunicorn_worker_request_duration_seconds_count",
        "gunicorn_worker_memory_bytes",
        "gunicorn_worker_cpu_percent",
        "gunicorn_worker_uptime_seconds",
        "gunicorn_worker_failed_requests_total",
        "gunicorn_worker_error_handling_total",
        "gunicorn_worker_state",
        "gunicorn_worker_request_size_bytes_count",
        "gunicorn_worker_response_size_bytes_count",
        "gunicorn_worker_restart_total",
        "gunicorn_worker_restart_count_total",
        "gunicorn_master_worker_restart_total",
        "gunicorn_master_worker_restart_count_total",
    ]

    /// The last scrape.
    let exposition: Exposition
    /// The place whose worker was killed.
    let killed: String

    /// What does not hold, as sentences.
    func findings() -> [String] {
        missing() + restarts() + sums()
    }

    private func missing() -> [String] {
        Self.recorded.filter { !exposition.contains($0) }.map { "\($0) is not in the scrape" }
    }

    /// One worker was killed once, by a signal: each counter of restarts says so, and nothing else.
    private func restarts() -> [String] {
        let reason = Reason.kill.value
        let kind = RestartType.forced.value
        let expected: [(name: String, labels: [String: String])] = [
            ("gunicorn_master_worker_restart_total", ["reason": reason]),
            (
                "gunicorn_master_worker_restart_count_total",
                ["worker_id": killed, "reason": reason, "restart_type": kind]
            ),
            ("gunicorn_worker_restart_total", ["worker_id": killed, "reason": reason]),
            ("gunicorn_worker_restart_count_total", ["worker_id": killed, "reason": reason, "restart_type": kind]),
        ]
        return expected.flatMap { name, labels in
            let there = exposition.sum(name, where: labels)
            let all = exposition.sum(name)
            return (there == 1 ? [] : ["\(name) counts \(there) ends by a signal instead of 1"])
                + (all == 1 ? [] : ["\(name) counts \(all) restarts in all instead of 1"])
        }
    }

    /// Numbers that tell of the same requests.
    ///
    /// The killed worker may have been between two of them once.
    private func sums() -> [String] {
        let requests = exposition.sum("gunicorn_worker_requests_total")
        let histograms = ["request_duration_seconds", "request_size_bytes", "response_size_bytes"]
        var findings: [String] = []
        for histogram in histograms {
            let count = exposition.sum("gunicorn_worker_\(histogram)_count")
            if abs(requests - count) > 1 {
                findings.append("\(requests) requests are counted, but gunicorn_worker_\(histogram) has \(count)")
            }
        }
        let failed = exposition.sum("gunicorn_worker_failed_requests_total")
        let errors = exposition.sum("gunicorn_worker_error_handling_total")
        if abs(failed - errors) > 1 {
            findings.append("\(failed) requests failed, but \(errors) errors were handled")
        }
        return findings
    }
}
