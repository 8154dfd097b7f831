import CForkProbe
import MetricsRuntime

/// A child forks again before it ever touched a metric; all three count.
enum Grandchild {
    static func run(directory: String) {
        let registry = ForkProbe.registry(directory)
        let counter = CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k"))
        counter.inc(by: 1)
        let scene = Unmanaged.passRetained(Scene(registry: registry, counter: counter))
        let pid = fork_probe_run(
            { context in
                guard let context else { return 2 }
                let scene = Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue()
                let grandchild = fork_probe_run(
                    { context in
                        guard let context else { return 2 }
                        return Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue().count(100)
                    },
                    context
                )
                let own = scene.count(10)
                return fork_probe_wait(grandchild) == 0 ? own : 3
            },
            scene.toOpaque()
        )
        let status = fork_probe_wait(pid)
        ForkProbe.check(status == 0, "the child failed with \(status)")
        ForkProbe.check(counter.value == 1, "the parent's counter is \(counter.value)")
        let total = registry.collect().value("probe_total{key=\"k\"}")
        ForkProbe.check(total == 111, "the sum is \(total ?? -1), not 111")
        print("ok")
    }

    final class Scene {
        let registry: MetricsRegistry
        let counter: CounterChild

        init(registry: MetricsRegistry, counter: CounterChild) {
            self.registry = registry
            self.counter = counter
        }

        func count(_ amount: Double) -> Int32 {
            counter.inc(by: amount)
            do throws(MetricsStorageError) { try registry.prepare() } catch { return 4 }
            return counter.value == amount ? 0 : 5
        }
    }
}
