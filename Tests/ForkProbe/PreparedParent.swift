import CForkProbe
import MetricsRuntime

/// A parent that took a slot and has no series yet forks: the child must not take its parent's slot for its own.
enum PreparedParent {
    static func run(directory: String) {
        let registry = ForkProbe.registry(directory)
        do throws(MetricsStorageError) { try registry.prepare() } catch { return ForkProbe.fail("\(error)") }
        let pid = fork_probe_run(
            { context in
                guard let context else { return 2 }
                let registry = Unmanaged<MetricsRegistry>.fromOpaque(context).takeUnretainedValue()
                CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc(by: 10)
                return 0
            },
            Unmanaged.passUnretained(registry).toOpaque()
        )
        let status = fork_probe_wait(pid)
        ForkProbe.check(status == 0, "the child failed with \(status)")
        CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc()
        let snapshot = registry.collect()
        ForkProbe.check(
            snapshot.value("probe_total{key=\"k\"}") == 11,
            "the sum is \(snapshot.value("probe_total{key=\"k\"}") ?? -1)"
        )
        print("ok")
    }
}
