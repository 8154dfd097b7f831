import MetricsRuntime
import Testing

/// `PROMETHEUS_MULTIPROC_DIR`: a directory, private memory, or a problem that a registry reports.
@Suite struct MetricsStorageLocationTests {
    @Test(
        arguments: [
            (["HOME": "/home/app"], "/home/app/.gunicorn_prometheus"),
            (["HOME": "/"], "/.gunicorn_prometheus"),
            (["HOME": "/home/app", "PROMETHEUS_MULTIPROC_DIR": "~/metrics"], "/home/app/metrics"),
            (["HOME": "/home/app", "PROMETHEUS_MULTIPROC_DIR": "~"], "/home/app"),
            (["HOME": "/home/app", "PROMETHEUS_MULTIPROC_DIR": "~/"], "/home/app"),
            (["HOME": "/home/app", "PROMETHEUS_MULTIPROC_DIR": "~other/metrics"], "~other/metrics"),
            (["PROMETHEUS_MULTIPROC_DIR": "/var/a b/ü"], "/var/a b/ü"),
            (["PROMETHEUS_MULTIPROC_DIR": "relative"], "relative"),
        ]
    )
    func namesDirectory(variables: [String: String], path: String) {
        #expect(MetricsStorageLocation(variables: variables) == .directory(path))
    }

    @Test func anEmptyValueMeansPrivateMemory() {
        let location = MetricsStorageLocation(variables: ["HOME": "/home/app", "PROMETHEUS_MULTIPROC_DIR": ""])
        #expect(location == .memory)
        #expect(location.directory == nil)
    }

    @Test(
        arguments: [
            ([:], "is not set, and without HOME there is no default directory"),
            (["HOME": ""], "is not set, and without HOME there is no default directory"),
            (["PROMETHEUS_MULTIPROC_DIR": "~/m"], "begins with the home directory, but HOME is not set"),
            (["PROMETHEUS_MULTIPROC_DIR": "/a\u{0}b"], "holds a NUL character"),
            (["PROMETHEUS_MULTIPROC_DIR": "/a\u{FFFD}b"], "holds bytes that are not UTF-8"),
        ] as [([String: String], String)]
    )
    func explainsWhyThereIsNone(variables: [String: String], reason: String) throws {
        guard case .unavailable(let problem) = MetricsStorageLocation(variables: variables) else {
            Issue.record("expected a problem")
            return
        }
        #expect(problem.variable == "PROMETHEUS_MULTIPROC_DIR")
        #expect(problem.value == variables["PROMETHEUS_MULTIPROC_DIR"])
        #expect(problem.reason == reason)
        #expect(problem.remedy.contains("directory"))
    }

    @Test func mistakesInOtherVariablesDoNotMatter() {
        let variables = ["PROMETHEUS_MULTIPROC_DIR": "/m", "PROMETHEUS_METRICS_PORT": "abc"]
        #expect(MetricsStorageLocation(variables: variables) == .directory("/m"))
    }
}
