import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Somebody puts request ids into a label.
enum DistinctValues {
    private static let bound = 1000

    static func run(directory: String, count: Int) {
        let registry =
            directory.isEmpty ? MetricsRegistry(storage: .memory) : ForkProbe.registry(directory)
        let descriptor = MetricDescriptor(
            name: "distinct_total",
            documentation: "Counted by the probe",
            type: .counter,
            labels: [MetricDescriptor.Label(name: "id")],
            maxSeries: bound
        )
        let family = registry.family(for: descriptor)
        let update: (Int) -> Void = { CounterChild(family._child1(0, "request id \($0)")).inc() }
        for index in 0..<count / 10 { update(index) }
        let before = peakMemory()
        for index in count / 10..<count { update(index) }
        let growth = peakMemory() - before
        ForkProbe.check(growth < 8 << 20, "memory grew by \(growth) bytes")

        let snapshot = registry.collect()
        let values = snapshot.family("distinct")?.values ?? []
        ForkProbe.check(values.count == bound + 1, "there are \(values.count) series")
        ForkProbe.check(values.reduce(0, +) == Double(count), "the sum is \(values.reduce(0, +))")
        let folded = snapshot.value("metrics_series_folded_total{metric=\"distinct_total\"}")
        ForkProbe.check(folded == Double(count - bound), "folded \(folded ?? -1)")
        let text = ExpositionFormat.text.encode(snapshot)
        ForkProbe.check(text.count < 100 * bound, "a scrape has \(text.count) bytes")
        var status = stat()
        if !directory.isEmpty {
            ForkProbe.check(stat(directory + "/counter_swift-0.db", &status) == 0, "there is no file")
            ForkProbe.check(status.st_size < 1 << 20, "the file has \(status.st_size) bytes")
        }
        print(
            "ok: \(count) values, \(values.count) series, memory grew by \(growth >> 10) KiB from a tenth of them on,",
            "a scrape of \(text.count >> 10) KiB, a file of \(status.st_size >> 10) KiB"
        )
    }

    /// The most memory that the process ever had, in bytes.
    private static func peakMemory() -> Int {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        #if canImport(Darwin)
            return usage.ru_maxrss
        #else
            return usage.ru_maxrss * 1024
        #endif
    }
}
