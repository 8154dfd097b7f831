import Benchmark
import Measurement
import MetricsRuntime

/// What an app with many metrics pays once: a family, and a series, for each of a thousand, beside a dictionary of them.
enum RegistrationBenchmark {
    private static let name = "register 1 000 metrics (memory)"

    static func register() {
        let descriptors = (0..<1000).map { index in
            MetricDescriptor(
                name: "bench_registered_\(index)_total",
                documentation: "One of a thousand counters, number \(index)",
                type: .counter
            )
        }
        Benchmark(
            name,
            configuration: Row.configuration(name, [.subject, .reference, .ratio], iterations: 50)
        ) { benchmark in
            Row.compare(
                benchmark,
                operations: 1,
                reference: { _ in
                    var known: [String: MetricDescriptor] = [:]
                    for descriptor in descriptors { known[descriptor.name] = descriptor }
                    use(known.count)
                },
                subject: { _ in
                    let registry = MetricsRegistry(storage: .memory)
                    registry.register(descriptors)
                    use(registry)
                }
            )
        }
    }

    /// Keeps the optimiser from leaving out what nobody looks at.
    @inline(never)
    private static func use(_ value: some Any) { withExtendedLifetime(value) {} }
}
