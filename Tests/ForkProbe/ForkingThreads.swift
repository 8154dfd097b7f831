import CForkProbe
import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Forks again and again while other threads count and make series: no child finds a lock taken or a table torn.
enum ForkingThreads {
    private static let threadCount = 3
    private static let forks = 40
    private static let perChild = 20.0

    final class Scene: @unchecked Sendable {
        let registry: MetricsRegistry
        let shared: CounterChild
        // Read by the threads; a plain flag that only goes from false to true would do, a pipe needs no atomics.
        let stop: (read: Int32, write: Int32)

        init(directory: String) {
            registry = ForkProbe.registry(directory)
            shared = CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "shared"))
            var ends: [Int32] = [0, 0]
            _ = pipe(&ends)
            stop = (ends[0], ends[1])
        }

        var isStopped: Bool {
            var end = pollfd(fd: stop.read, events: Int16(POLLIN), revents: 0)
            return poll(&end, 1, 0) > 0
        }

        func work(_ thread: Int) {
            let family = registry.family(for: ProbeMetrics.counter)
            var round = 0
            while !isStopped, round < 20_000 {
                CounterChild(family._child1(0, "thread-\(thread)-\(round % 500)")).inc()
                shared.inc()
                round += 1
            }
        }
    }

    static func run(directory: String) {
        let scene = Scene(directory: directory)
        let threads = (0..<threadCount).map { number in Threads.start { scene.work(number) } }
        for _ in 0..<forks {
            let pid = fork_probe_run(
                { context in
                    guard let context else { return 2 }
                    let scene = Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue()
                    let family = scene.registry.family(for: ProbeMetrics.counter)
                    for _ in 0..<Int(ForkingThreads.perChild) { CounterChild(family._child1(0, "child")).inc() }
                    return 0
                },
                Unmanaged.passUnretained(scene).toOpaque()
            )
            let status = fork_probe_wait(pid)
            ForkProbe.check(status == 0, "a child failed with \(status)")
        }
        _ = write(scene.stop.write, "x", 1)
        for thread in threads { pthread_join(thread, nil) }
        let snapshot = scene.registry.collect()
        let children = snapshot.value("probe_total{key=\"child\"}")
        ForkProbe.check(
            children == Double(forks) * perChild,
            "the children counted \(children ?? -1), not \(Double(forks) * perChild)"
        )
        let shared = snapshot.value("probe_total{key=\"shared\"}")
        ForkProbe.check(shared == scene.shared.value, "shared is \(shared ?? -1), not \(scene.shared.value)")
        print("ok")
    }
}
