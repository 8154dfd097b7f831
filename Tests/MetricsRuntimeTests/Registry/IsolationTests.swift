import MetricsRuntime
import Testing

@Suite("Registries: isolation, conflicts, definitions")
struct IsolationTests {
    enum Definitions: _MetricDefinitions {
        static func define(_ list: inout _MetricDefinitionList) {
            list.counter("isolated_total", "Isolated", unit: "", maxSeries: 10)
            list.gauge("isolated_level", "Isolated", unit: "", mode: .max, maxSeries: 10)
            list.label("key", maxValues: 5)
            list.closedLabel("m", ["x", "y"])
            list.constantLabel("team", "t")
            list.histogram("isolated_seconds", "Isolated", unit: "seconds", buckets: [1, 2], maxSeries: 10)
            list.stateset("isolated_state", "Isolated", states: ["on", "off"], maxSeries: 10)
            list.label("key")
        }
    }

    struct Isolated: CounterMetric {
        static var name: String { "isolated_total" }
        static var documentation: String { "Isolated" }
        static var labelNames: [String] { [] }
        private static let storage = _MetricStorage()
        static var _family: _MetricFamilyHandle { storage.family(Definitions.self, 0) }
        static func inc() { CounterChild(_family._child0(0)).inc() }
    }

    @Test("Static calls in parallel isolated scopes never see each other", arguments: 1...8)
    func parallel(times: Int) async {
        await MetricsRegistry.withIsolated { registry in
            for _ in 0..<times {
                Isolated.inc()
                await Task.yield()
            }
            await withTaskGroup { group in
                for _ in 0..<times { group.addTask { Isolated.inc() } }
            }
            #expect(registry.collect().value("isolated_total") == Double(2 * times))
        }
    }

    @Test("The scope hands back its result and throws the body's error, typed")
    func results() {
        struct Failure: Error, Equatable {}
        #expect(MetricsRegistry.withIsolated { _ in 7 } == 7)
        #expect(throws: Failure()) {
            try MetricsRegistry.withIsolated { (_) throws(Failure) in throw Failure() }
        }
    }

    @Test("Scopes nest")
    func nesting() {
        MetricsRegistry.withIsolated { outer in
            Isolated.inc()
            MetricsRegistry.withIsolated { inner in
                Isolated.inc()
                Isolated.inc()
                #expect(inner.collect().value("isolated_total") == 2)
            }
            #expect(outer.collect().value("isolated_total") == 1)
        }
    }

    @Test("A second metric under one name is not exposed and harms nobody")
    func conflict() {
        let registry = MetricsRegistry()
        registry.counter(TestMetrics.counter("same")).inc()
        let other = registry.gauge(TestMetrics.gauge(name: "same"))
        other.set(-4)
        #expect(other.value == -4)
        #expect(registry.collect().value("same_total") == 1)
        #expect(registry.collect().value("same") == nil)
    }

    @Test("Generated calls describe metrics completely")
    func descriptors() {
        let descriptors = _MetricDefinitionList.descriptors(Definitions.self)
        #expect(descriptors.map(\.name) == ["isolated_total", "isolated_level", "isolated_seconds", "isolated_state"])
        #expect(descriptors[1].labels.map(\.name) == ["key", "m"])
        #expect(descriptors[1].labels[0].maxValues == 5)
        #expect(descriptors[1].labels[1].values == ["x", "y"])
        #expect(descriptors[1].constantLabels == ["team": "t"])
        #expect(descriptors[1].multiprocessMode == .max)
        #expect(descriptors[2].buckets == [1, 2])
        #expect(descriptors[3].labels.map(\.name) == ["key", "isolated_state"], "the states are the last label")
    }

    @Test("Registering shows metrics without labels before anything happens")
    func register() {
        let registry = MetricsRegistry()
        registry.register(_MetricDefinitionList.descriptors(Definitions.self))
        let snapshot = registry.collect()
        #expect(snapshot.value("isolated_total") == 0)
        #expect(snapshot.value("isolated_seconds_count") == 0)
    }

    @Test("A definition that does not exist gives children that nobody sees")
    func undefined() {
        let registry = MetricsRegistry()
        CounterChild(registry._family(Definitions.self, 99)._child0(0)).inc()
        #expect(registry.collect().families.allSatisfy { $0.name.hasPrefix("metrics_") })
    }

    @Test("A kept child outlives its registry")
    func lifetime() {
        var child: CounterChild?
        do {
            let registry = MetricsRegistry()
            child = registry.counter()
        }
        child?.inc(by: 2)
        child?.inc(by: -1)
        #expect(child?.value == 2)
    }
}
