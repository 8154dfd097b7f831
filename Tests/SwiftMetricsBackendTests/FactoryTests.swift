#if SwiftMetrics
    import Metrics
    import MetricsRuntime
    import MetricsTestKit
    import SwiftMetricsBackend
    import Testing

    @Suite("The factory")
    struct FactoryTests {
        /// The whole process gets a factory once; what is recorded here goes to registries of the tests' own.
        private static let bootstrap: Void = MetricsSystem.bootstrap(RegistryMetricsFactory())

        @Test("bootstrapped, it records into the registry of the task")
        func bootstrapped() async {
            Self.bootstrap
            await withTaskGroup(of: Void.self) { group in
                for number in 1...8 {
                    group.addTask {
                        await MetricsRegistry.withIsolated { registry in
                            for _ in 0..<number { Counter(label: "requests").increment() }
                            await Task.yield()
                            await Task { Counter(label: "requests").increment() }.value
                            #expect(registry.samples == ["requests_total \(number + 1)"])
                        }
                    }
                }
            }
        }

        @Test("a handler stays with the registry in which it was made")
        func keptHandler() {
            let factory = RegistryMetricsFactory()
            let outer = MetricsRegistry.withIsolated { outer in
                let counter = Counter(label: "c", factory: factory)
                counter.increment()
                MetricsRegistry.withIsolated { inner in
                    counter.increment()
                    Counter(label: "c", factory: factory).increment(by: 10)
                    #expect(inner.samples == ["c_total 10"])
                }
                return outer.samples
            }
            #expect(outer == ["c_total 2"])
        }

        @Test("it can be a task's own")
        func taskLocal() async {
            let registry = MetricsRegistry()
            await withMetricsFactory(RegistryMetricsFactory(registry: registry)) {
                Counter(label: "outer").increment()
                await Task { Timer(label: "inner").recordSeconds(1) }.value
            }
            #expect(registry.collect().value("outer_total") == 1)
            #expect(registry.collect().value("inner_seconds_count") == 1)
        }

        @Test("its copies, and other factories of a registry, share metrics and names")
        func copies() {
            let registry = MetricsRegistry()
            let factory = RegistryMetricsFactory(registry: registry)
            let copy = factory
            Counter(label: "a.b", factory: factory).increment()
            Counter(label: "a.b", factory: copy).increment()
            Counter(label: "a.b", factory: RegistryMetricsFactory(registry: registry)).increment()
            Counter(label: "a-b", factory: RegistryMetricsFactory(registry: registry)).increment()
            #expect(registry.collect().value("a_b_total") == 3)
            #expect(registry.samples.count == 2)
        }

        @Test("labels and dimensions can be mapped before it, and other backends stand beside it")
        func composed() throws {
            let registry = MetricsRegistry()
            let mapped = RegistryMetricsFactory(registry: registry).withLabelAndDimensionsMapping { label, dimensions in
                ("app." + label, dimensions + [("service", "shop")])
            }
            let testKit = TestMetrics()
            let both = MultiplexMetricsHandler(factories: [mapped, testKit])
            let counter = Counter(label: "requests", dimensions: [("a", "1")], factory: both)
            counter.increment(by: 3)
            #expect(registry.samples == [#"app_requests_total{a="1",service="shop"} 3"#])
            #expect(try testKit.expectCounter("requests", [("a", "1")]).totalValue == 3)
        }

        @Test("handlers of other backends are left alone")
        func foreignHandlers() {
            let registry = MetricsRegistry()
            let factory = RegistryMetricsFactory(registry: registry)
            Counter(label: "c", factory: factory).increment()
            factory.destroyCounter(NOOPMetricsHandler.instance)
            factory.destroyTimer(NOOPMetricsHandler.instance)
            #expect(registry.samples == ["c_total 1"])
        }

        @Test("threads that make and use the same metrics lose nothing")
        func concurrency() async {
            let registry = MetricsRegistry()
            let factory = RegistryMetricsFactory(registry: registry)
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<4 {
                    group.addTask {
                        for step in 0..<500 {
                            let dimensions = [("a", "\(step % 10)"), (task % 2 == 0 ? "b" : "c", "x")]
                            Counter(label: "c", dimensions: dimensions, factory: factory).increment()
                            Timer(label: "t", factory: factory).recordNanoseconds(Int64(1_000_000_000))
                        }
                    }
                }
            }
            let counts = registry.samples.filter { $0.hasPrefix("c_total") }
            #expect(counts.count == 20)
            #expect(counts.allSatisfy { $0.hasSuffix(" 100") })
            #expect(registry.collect().value("t_seconds_count") == 2000)
        }

        @Test("a registry that has gone leaves handlers harmless")
        func goneRegistry() {
            var registry: MetricsRegistry? = MetricsRegistry()
            let counter = Counter(label: "c", factory: RegistryMetricsFactory(registry: registry))
            registry = nil
            counter.increment()
            counter.destroy()
            let isolated = MetricsRegistry.withIsolated { _ in
                Counter(label: "c", factory: RegistryMetricsFactory())
            }
            isolated.increment()
            isolated.destroy()
        }
    }
#endif
