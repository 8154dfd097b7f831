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

    /// Counts in files of every kind, and makes new series, until somebody kills it.
    static func countUntilKilled(directory: String) {
        let registry = ForkProbe.registry(directory)
        let family = registry.family(for: ProbeMetrics.counter)
        CounterChild(family._child1(0, "started")).inc()
        for round in 0..<50_000_000 {
            let series = family._child1(0, "key-\(round % 1000)")
            // Appends entries of shards among those of new series.
            if round % 37 == 0 { series.record._makeShard() }
            CounterChild(series).inc()
            let key = "key-\(round % 100)"
            let observed = registry.family(for: ProbeMetrics.histogram)._child1(0, key)
            if round % 41 == 0 { observed.record._makeShard() }
            HistogramChild(observed).observe(0.5)
            SummaryChild(registry.family(for: ProbeMetrics.summary)._child1(0, key)).observe(2)
            for mode in MultiprocessMode.allCases {
                let gauge = registry.family(for: ProbeMetrics.gauge(mode, name: "probe_busy"))
                if mode.isMostRecent {
                    MostRecentGaugeChild(gauge._child0(0)).set(Double(round))
                } else {
                    GaugeChild(gauge._child0(0)).inc()
                }
            }
            if round == 0 { _ = write(1, "started\n", 8) }
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

    /// Uses a directory beside a slot whose lock file this user may read alone.
    static func shareWithOther(directory: String) {
        let first = "\(directory)/swift-0.lock"
        do {
            let registry = ForkProbe.registry(directory)
            CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc()
        }
        ForkProbe.check(chmod(first, 0o444) == 0, "cannot change \(first)")
        if getuid() == 0 { ForkProbe.check(setuid(65534) == 0, "cannot give up root") }
        let registry = ForkProbe.registry(directory)
        do throws(MetricsStorageError) { try registry.prepare() } catch { return ForkProbe.fail("\(error)") }
        CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc()
        let value = registry.collect().value("probe_total{key=\"k\"}")
        ForkProbe.check(value == 2, "the sum is \(value ?? -1)")
        print("ok")
    }

    /// Names its directory by a relative path, and works elsewhere from then on, as daemons do.
    static func changeWorkingDirectory(directory: String) {
        ForkProbe.check(chdir(directory) == 0, "cannot work in \(directory)")
        let registry = ForkProbe.registry("metrics")
        let family = registry.family(for: ProbeMetrics.counter)
        CounterChild(family._child1(0, "first")).inc()
        ForkProbe.check(mkdir("elsewhere", 0o700) == 0 && chdir("elsewhere") == 0, "cannot work elsewhere")
        // Files are looked up by name for a new series, and before a scrape.
        usleep(150_000)
        CounterChild(family._child1(0, "second")).inc()
        CounterChild(family._child1(0, "first")).inc()
        _ = registry.collect()
        for snapshot in [registry.collect(), MultiprocessCollector(directory: directory + "/metrics").collect()] {
            for (key, count) in [("first", 2.0), ("second", 1)] {
                let value = snapshot.value("probe_total{key=\"\(key)\"}")
                ForkProbe.check(value == count, "\(key) is \(value ?? -1)")
            }
        }
        ForkProbe.check(access("metrics", F_OK) != 0, "there is a second directory")
        print("ok")
    }
}
