import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Short-lived workers, one process each.
enum Worker {
    /// Counts, observes and ends.
    static func count(directory: String, times: Int) {
        let registry = ForkProbe.registry(directory)
        let counter = CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k"))
        let histogram = HistogramChild(registry.family(for: ProbeMetrics.histogram)._child1(0, "h"))
        for _ in 0..<times {
            counter.inc()
            histogram.observe(0.5)
        }
        for mode in MultiprocessMode.allCases {
            let family = registry.family(for: ProbeMetrics.gauge(mode))
            if mode.isMostRecent {
                MostRecentGaugeChild(family._child0(0)).set(Double(times))
            } else {
                GaugeChild(family._child0(0)).set(Double(times))
            }
        }
        print("ok")
    }

    /// Counts, and says how far it is, until somebody kills it.
    static func countUntilKilled(directory: String) {
        let registry = ForkProbe.registry(directory)
        let family = registry.family(for: ProbeMetrics.counter)
        var round = 0
        while round < 50_000_000 {
            CounterChild(family._child1(0, "key-\(round % 1000)")).inc()
            if round == 0 { _ = write(1, "started\n", 8) }
            round += 1
        }
    }

    /// Sets a gauge of every mode and waits for the end of its standard input.
    static func holdGauges(directory: String, value: Double) {
        let registry = ForkProbe.registry(directory)
        for mode in MultiprocessMode.allCases {
            let family = registry.family(for: ProbeMetrics.gauge(mode))
            if mode.isMostRecent {
                MostRecentGaugeChild(family._child0(0)).set(value)
            } else {
                GaugeChild(family._child0(0)).set(value)
            }
        }
        _ = write(1, "ready\n", 6)
        var byte: UInt8 = 0
        while read(0, &byte, 1) > 0 {}
    }

    /// Prepares a directory as a user who may do little, and prints the error that comes of it.
    static func prepareUnprivileged(directory: String) {
        if getuid() == 0 { ForkProbe.check(setuid(65534) == 0, "cannot give up root") }
        do throws(MetricsStorageError) {
            try ForkProbe.registry(directory).prepare()
            ForkProbe.fail("the directory can be used")
        } catch {
            print(error)
        }
    }
}
