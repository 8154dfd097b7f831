import CForkProbe
import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Forks while other threads scrape: no child finds a lock of a scrape taken, or its own scrape half done.
enum ForkedScrapes {
    private static let threadCount = 2
    private static let forks = 60

    final class Scene: @unchecked Sendable {
        let stored: MetricsRegistry
        let unstored = MetricsRegistry(storage: .memory)
        /// What tells the threads to end.
        let stop: (read: Int32, write: Int32)

        init(directory: String) {
            stored = ForkProbe.registry(directory)
            var ends: [Int32] = [0, 0]
            _ = pipe(&ends)
            stop = (ends[0], ends[1])
            for registry in [stored, unstored] {
                let family = registry.family(for: ProbeMetrics.counter)
                for key in 0..<200 { CounterChild(family._child1(0, "key-\(key)")).inc() }
                // Makes the types of a scrape: a child of a fork in the middle of that finds a lock of the Swift runtime taken.
                _ = registry.collect()
            }
        }

        /// Scrapes until told to stop. New series see to it that there is something to render each time.
        func scrape(_ thread: Int) {
            var end = pollfd(fd: stop.read, events: Int16(POLLIN), revents: 0)
            var round = 0
            while poll(&end, 1, 0) == 0 {
                let key = "thread-\(thread)-\(round % 500)"
                _ = unstored.family(for: ProbeMetrics.counter)._child1(0, key)
                _ = unstored.collect()
                _ = stored.collect()
                round += 1
            }
        }

        /// What a child finds.
        func check() -> Int32 {
            let family = unstored.family(for: ProbeMetrics.counter)
            CounterChild(family._child1(0, "key-7")).inc(by: 3)
            guard unstored.collect().value("probe_total{key=\"key-7\"}") == 3 else { return 20 }
            // The parent's 1 is still in its file.
            guard stored.collect().value("probe_total{key=\"key-7\"}") == 1 else { return 21 }
            return 0
        }
    }

    static func run(directory: String) {
        let scene = Scene(directory: directory)
        let threads = (0..<threadCount).map { number in Threads.start { scene.scrape(number) } }
        for _ in 0..<forks {
            let pid = fork_probe_run(
                { context in
                    guard let context else { return 2 }
                    return Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue().check()
                },
                Unmanaged.passUnretained(scene).toOpaque()
            )
            let status = fork_probe_wait(pid)
            ForkProbe.check(status == 0, "a child ended with \(status)")
        }
        _ = write(scene.stop.write, "x", 1)
        for thread in threads { pthread_join(thread, nil) }
        print("ok")
    }
}
