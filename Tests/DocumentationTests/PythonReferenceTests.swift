import Testing

/// The page for those who come from the Python exporter leaves nothing of its API reference out.
@Suite struct PythonReferenceTests {
    /// Every class, attribute, method, constant, function, variable and error type of the reference.
    private static let reference = [
        "BaseMetric", "MetricMeta", "name", "documentation", "labelnames", "buckets", "multiprocess_mode",
        "metric_type",
        "labels(**kwargs)", "inc(**labels)", "set(value, **labels)", "observe(value, **labels)",
        "WorkerRequests(BaseMetric", "WorkerRequestDuration(BaseMetric", "WorkerMemory(BaseMetric",
        "WORKER_REQUESTS", "WORKER_REQUEST_DURATION", "WORKER_MEMORY", "WORKER_CPU", "WORKER_UPTIME",
        "WORKER_FAILED_REQUESTS", "WORKER_ERROR_HANDLING", "WORKER_STATE", "WORKER_REQUEST_SIZE",
        "WORKER_RESPONSE_SIZE", "WORKER_RESTART_REASON", "WORKER_RESTART_COUNT", "MASTER_WORKER_RESTARTS",
        "MASTER_WORKER_RESTART_COUNT", "get_shared_registry()", "get_config()", "_ensure_multiproc_dir()",
        "PROMETHEUS_MULTIPROC_DIR", "PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS",
        "RequestError", "TimeoutError", "MemoryError", "CPUError", "record_error(",
        #"WORKER_REQUESTS.labels(worker_id="worker_1_1234567890").inc()"#,
        #"WORKER_MEMORY.labels(worker_id="worker_1_1234567890").set(1024 * 1024 * 100)"#,
        #"MASTER_WORKER_RESTARTS.labels(reason="timeout").inc()"#,
    ]

    @Test func everyLineOfTheReferenceHasARow() throws {
        let page = try MarkdownPage(path: "Documentation/MigratingFromPython.md")
        let named = page.rows.map { codeSpans(in: $0.cells.first ?? "") }
        for item in Self.reference {
            #expect(named.contains { $0.contains { $0.contains(item) } }, "no row for \(item)")
        }
        // A row whose right column has no code promises nothing.
        for row in page.rows { #expect(row.cells.last?.contains("`") == true, "line \(row.line)") }
    }
}
