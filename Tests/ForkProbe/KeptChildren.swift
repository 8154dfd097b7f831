import CForkProbe
import MetricsRuntime

/// A parent with many series, over several mappings of its files, forks; both sides go on with the children they kept.
enum KeptChildren {
    private static let seriesCount = 3000

    final class Scene {
        let registry: MetricsRegistry
        let counters: [CounterChild]
        let histogram: HistogramChild
        let gauge: GaugeChild

        init(directory: String) {
            registry = ForkProbe.registry(directory)
            let family = registry.family(for: ProbeMetrics.counter)
            counters = (0..<seriesCount).map { index in
                let series = family._child1(0, "key-\(index)")
                // Some have shards, among and behind which the series of others stand.
                if index % 500 == 0 { series.record._makeShard() }
                return CounterChild(series)
            }
            let observed = registry.family(for: ProbeMetrics.histogram)._child1(0, "h")
            observed.record._makeShard()
            histogram = HistogramChild(observed)
            gauge = GaugeChild(registry.family(for: ProbeMetrics.gauge(.all))._child0(0))
        }
    }

    static func run(directory: String) {
        let scene = Scene(directory: directory)
        for counter in scene.counters { counter.inc(by: 2) }
        scene.histogram.observe(0.5)
        scene.gauge.set(7)

        let pid = fork_probe_run(
            { context in
                guard let context else { return 2 }
                return KeptChildren.child(Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue())
            },
            Unmanaged.passUnretained(scene).toOpaque()
        )
        for counter in scene.counters { counter.inc(by: 3) }
        let status = fork_probe_wait(pid)
        ForkProbe.check(status == 0, "the child failed with \(status)")

        for (index, counter) in scene.counters.enumerated() where counter.value != 5 {
            return ForkProbe.fail("the parent's counter \(index) is \(counter.value), not 5")
        }
        ForkProbe.check(scene.gauge.value == 7, "the parent's gauge is \(scene.gauge.value)")
        let snapshot = scene.registry.collect()
        for index in [0, 1, 500, 1499, 2999] {
            let value = snapshot.value("probe_total{key=\"key-\(index)\"}")
            ForkProbe.check(value == 5 + 14, "key-\(index) is \(value ?? -1), not 19")
        }
        let observed = snapshot.value("probe_seconds_count{key=\"h\"}")
        ForkProbe.check(observed == 3, "the histogram counted \(observed ?? -1), not 3")
        ForkProbe.check(
            snapshot.value("probe_gauge_all{pid=\"swift-0\"}") == 7
                && snapshot.value("probe_gauge_all{pid=\"swift-1\"}") == 9,
            "the gauges of parent and child are not apart"
        )
        print("ok")
    }

    private static func child(_ scene: Scene) -> Int32 {
        // In private memory, before the child has a file.
        for counter in scene.counters {
            guard counter.value == 0 else { return 10 }
            counter.inc(by: 4)
        }
        scene.histogram.observe(0.05)
        scene.gauge.set(9)
        do throws(MetricsStorageError) { try scene.registry.prepare() } catch { return 11 }
        // In the child's own file, at the same addresses.
        for counter in scene.counters {
            guard counter.value == 4 else { return 12 }
            counter.inc(by: 10)
        }
        scene.histogram.observe(100)
        let family = scene.registry.family(for: ProbeMetrics.counter)
        CounterChild(family._child1(0, "key-0")).inc(by: 0)
        CounterChild(family._child1(0, "of the child")).inc()
        return scene.counters[0].value == 14 ? 0 : 13
    }
}
