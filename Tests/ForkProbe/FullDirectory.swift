import CForkProbe
import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A child is forked while the directory is full: what it counts is in its own scrapes, and in the directory as soon as
/// there is room, though it makes no new series.
enum FullDirectory {
    nonisolated(unsafe) private static var directory = ""

    /// Definitions as generated code has them.
    private enum Definitions: _MetricDefinitions {
        static func define(_ list: inout _MetricDefinitionList) {}
    }

    static func run(directory: String) {
        Self.directory = directory
        let registry = ForkProbe.registry(directory)
        count(registry)
        let filler = open(directory + "/filler", O_RDWR | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(filler, block, block.count) > 0 {}
        while write(filler, block, 1) > 0 {}
        close(filler)
        let pid = fork_probe_run(
            { context in
                guard let context else { return 2 }
                return FullDirectory.inChild(Unmanaged<MetricsRegistry>.fromOpaque(context).takeUnretainedValue())
            },
            Unmanaged.passUnretained(registry).toOpaque()
        )
        let status = fork_probe_wait(pid)
        ForkProbe.check(status == 0, "the child failed with \(status)")
        expect(registry.collect(), 4, "after the child")
        print("ok")
    }

    private static func count(_ registry: MetricsRegistry) {
        CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc()
        HistogramChild(registry.family(for: ProbeMetrics.histogram)._child1(0, "k")).observe(0.5)
    }

    private static func inChild(_ registry: MetricsRegistry) -> Int32 {
        count(registry)
        let own = registry.collect()
        expect(own, 2, "in the child")
        ForkProbe.check(own.value("metrics_storage_unstored_series") == 2, "they are not said to be in memory")
        unlink(directory + "/filler")
        count(registry)
        let others = MultiprocessCollector(directory: directory)
        var deadline = 3000
        // What looks a family up, as static calls do, stores it all.
        while others.collect().value("probe_total{key=\"k\"}") != 3, deadline > 0 {
            _ = registry._family(Definitions.self, 0)
            usleep(10_000)
            deadline -= 1
        }
        expect(others.collect(), 3, "when there is room")
        count(registry)
        expect(registry.collect(), 4, "afterwards")
        let unstored = registry.collect().value("metrics_storage_unstored_series")
        ForkProbe.check(unstored == 0, "\(unstored ?? -1) series are still in memory")
        return 0
    }

    private static func expect(_ snapshot: MetricSnapshot, _ count: Double, _ when: String) {
        for name in ["probe_total", "probe_seconds_count", "probe_seconds_bucket"] {
            let labels = name.hasSuffix("bucket") ? "{key=\"k\",le=\"+Inf\"}" : "{key=\"k\"}"
            let value = snapshot.value(name + labels)
            ForkProbe.check(value == count, "\(when): \(name) is \(value ?? -1)")
        }
    }
}
