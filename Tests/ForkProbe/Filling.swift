import MetricsRuntime

/// Makes more series than a small file system has room for.
enum Filling {
    static func run(directory: String, count: Int) {
        let registry = ForkProbe.registry(directory)
        let family = registry.family(for: ProbeMetrics.counter)
        let children = (0..<count).map { CounterChild(family._child1(0, "a key that takes some room \($0)")) }
        for (index, child) in children.enumerated() { child.inc(by: Double(index + 1)) }
        let snapshot = registry.collect()
        for (index, child) in children.enumerated() {
            ForkProbe.check(child.value == Double(index + 1), "\(index) is \(child.value)")
        }
        let sum = snapshot.family("probe")?.values.reduce(0, +) ?? -1
        ForkProbe.check(sum == Double(count * (count + 1) / 2), "the sum is \(sum)")
        print("ok")
    }
}
