import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A process becomes another program by `exec`, several times: each takes the slot over that the one before had, though
/// its process never ended.
enum Replacement {
    private static let programs = 4

    static func run(directory: String, number: Int) {
        let registry = ForkProbe.registry(directory)
        CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc(by: 5)
        HistogramChild(registry.family(for: ProbeMetrics.histogram)._child1(0, "k")).observe(0.5)
        let snapshot = registry.collect()
        let count = Double(number + 1)
        ForkProbe.check(
            snapshot.value("probe_total{key=\"k\"}") == 5 * count
                && snapshot.value("probe_seconds_count{key=\"k\"}") == count,
            "program \(number) sees \(String(decoding: ExpositionFormat.text.encode(snapshot), as: UTF8.self))"
        )
        if number + 1 == programs {
            print("ok")
            return
        }
        let words = [CommandLine.arguments[0], "replacement", directory, "\(number + 1)"]
        var arguments = words.map { strdup($0) } + [nil]
        execv(words[0], &arguments)
        ForkProbe.fail("cannot become \(words[0]): errno \(errno)")
    }
}
