import MetricsRuntime

/// Families of every type, for tests of all formats.
enum SampleFamilies {
    static var all: [MetricFamily] {
        var requests = MetricFamily(name: "requests", type: .counter, documentation: "All \"requests\" \\ so\nfar")
        requests.addSeries(
            labels: [("path", "/"), ("code", "200")],
            value: 3,
            exemplar: MetricExemplar(labels: [.init(name: "trace_id", value: "4bf92f")], value: 0.5, timestamp: 12.25),
            created: 1_700_000_000.5
        )
        requests.addSeries(labels: [("path", "/\\\n\""), ("code", "")], value: 1_500_000)
        var memory = MetricFamily(name: "memory_bytes", type: .gauge, documentation: "Memory", unit: "bytes")
        memory.addSeries(value: -0.5)
        var build = MetricFamily(name: "build", type: .info, documentation: "Build", unit: "ignored")
        build.addSeries(labels: [("version", "1.0")], value: 7)
        var state = MetricFamily(name: "state", type: .stateset, documentation: "State")
        state.addStates(labels: [("job", "a")], [("on", true), ("off", false)])
        var thing = MetricFamily(name: "thing", type: .unknown, documentation: "")
        thing.addSeries(value: .infinity)
        var latency = MetricFamily(name: "latency_seconds", type: .histogram, documentation: "L", unit: "seconds")
        for job in ["a", "b"] {
            latency.addHistogram(
                labels: [("job", job)],
                buckets: [
                    .init(upperBound: 1, count: 2, exemplar: .init(labels: [.init(name: "t", value: "1")], value: 0.7)),
                    .init(upperBound: 0.5, count: 1), .init(upperBound: 1_000_000, count: 1_000_000),
                ],
                sum: 4.5,
                created: 5
            )
        }
        var size = MetricFamily(name: "size", type: .summary, documentation: "S")
        size.addSummary(labels: [("z", "é😀")], count: 2, sum: 3, quantiles: [(0.5, 1), (1, .nan)], created: 7)
        return [requests, memory, build, state, thing, latency, size]
    }
}
