import MetricsRuntime

/// Families for tests, without generated code.
enum TestMetrics {
    static func counter(
        _ name: String = "jobs_total",
        labels: [MetricDescriptor.Label] = [],
        maxSeries: Int = 10_000
    ) -> MetricDescriptor {
        MetricDescriptor(name: name, documentation: "Jobs", type: .counter, labels: labels, maxSeries: maxSeries)
    }

    static func gauge(_ mode: MultiprocessMode = .all, name: String = "level") -> MetricDescriptor {
        MetricDescriptor(name: name, documentation: "Level", type: .gauge, multiprocessMode: mode)
    }

    static func histogram(buckets: [Double] = [0.1, 1, 10]) -> MetricDescriptor {
        MetricDescriptor(name: "wait_seconds", documentation: "Waiting", type: .histogram, buckets: buckets)
    }

    static let summary = MetricDescriptor(name: "size_bytes", documentation: "Sizes", type: .summary)

    static func open(_ name: String, maxValues: Int? = nil) -> MetricDescriptor.Label {
        MetricDescriptor.Label(name: name, maxValues: maxValues)
    }

    static func closed(_ name: String, _ values: [String]) -> MetricDescriptor.Label {
        MetricDescriptor.Label(name: name, values: values)
    }
}

extension MetricsRegistry {
    func counter(_ descriptor: MetricDescriptor = TestMetrics.counter()) -> CounterChild {
        CounterChild(family(for: descriptor)._child0(0))
    }

    func gauge(_ descriptor: MetricDescriptor = TestMetrics.gauge()) -> GaugeChild {
        GaugeChild(family(for: descriptor)._child0(0))
    }
}
