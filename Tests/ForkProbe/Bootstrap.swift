import MetricsRuntime

/// A program whose first call of all says where values are kept.
enum Bootstrap {
    static func run(directory: String) {
        ForkProbe.check(MetricsRegistry.bootstrap(storage: .directory(directory)), "the first call came too late")
        CounterChild(MetricsRegistry.shared.family(for: ProbeMetrics.counter)._child1(0, "k")).inc(by: 3)
        ForkProbe.check(!MetricsRegistry.bootstrap(storage: .memory), "a call after the first series counted")
        let value = MultiprocessCollector(directory: directory).collect().value("probe_total{key=\"k\"}")
        ForkProbe.check(value == 3, "the directory has \(value ?? -1)")
        print("ok")
    }
}
