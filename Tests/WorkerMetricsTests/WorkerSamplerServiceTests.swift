#if Server
    import Logging
    import MetricsRuntime
    import ServiceLifecycle
    import Testing
    import WorkerMetrics

    @Suite("The sampler as a service")
    struct WorkerSamplerServiceTests {
        private let process = FakeProcess()

        private func makeSampler(_ workerID: String = "w") -> WorkerSampler {
            WorkerSampler(
                workerID: workerID,
                intervals: WorkerSamplingIntervals(),
                logger: LogRecorder().logger,
                reader: process
            )
        }

        private func makeGroup(_ services: [any Service]) -> ServiceGroup {
            ServiceGroup(services: services, logger: LogRecorder().logger)
        }

        private func waitForFirstSample(_ workerID: String = "w") async throws {
            // Long, since other tests may keep all threads busy for a while; pausing leaves them to the sampler.
            let limit = ContinuousClock.now + .seconds(300)
            while WorkerMemory.value(workerID: workerID) == nil {
                try #require(ContinuousClock.now < limit, "no sample was taken")
                try await Task.sleep(for: .milliseconds(2))
            }
        }

        private func expectNoGauges(_ workerID: String = "w", at location: SourceLocation = #_sourceLocation) {
            #expect(WorkerMemory.value(workerID: workerID) == nil, sourceLocation: location)
            #expect(WorkerCPU.value(workerID: workerID) == nil, sourceLocation: location)
            #expect(WorkerUptime.value(workerID: workerID) == nil, sourceLocation: location)
        }

        @Test("graceful shutdown of its group ends it at once, without an error, and its gauges with it")
        func gracefulShutdown() async throws {
            process.setTimes(age: 100, processor: 50)
            try await MetricsRegistry.withIsolated { (_) async throws in
                let group = makeGroup([makeSampler()])
                async let end: Void = group.run()
                try await waitForFirstSample()
                await group.triggerGracefulShutdown()
                try await end
                expectNoGauges()
            }
        }

        @Test("cancellation of its group ends it, and its gauges with it")
        func cancellation() async throws {
            process.setTimes(age: 100, processor: 50)
            try await MetricsRegistry.withIsolated { (_) async throws in
                let group = makeGroup([makeSampler()])
                let task = Task { try await group.run() }
                try await waitForFirstSample()
                task.cancel()
                // The group may report the cancellation; what matters is that it ends.
                _ = await task.result
                expectNoGauges()
            }
        }

        @Test("a service that fails takes the sampler with it, and its gauges")
        func otherServiceFails() async throws {
            struct Failure: Error {}
            struct FailingService: Service {
                let wait: @Sendable () async throws -> Void
                func run() async throws {
                    try await wait()
                    throw Failure()
                }
            }
            process.setTimes(age: 100, processor: 50)
            try await MetricsRegistry.withIsolated { (_) async throws in
                let failing = FailingService { try await waitForFirstSample() }
                await #expect(throws: Failure.self) { try await makeGroup([makeSampler(), failing]).run() }
                expectNoGauges()
            }
        }

        @Test("several of them in one group leave nothing behind")
        func several() async throws {
            process.setTimes(age: 100, processor: 50)
            try await MetricsRegistry.withIsolated { (registry) async throws in
                let names = (0..<8).map { "w\($0)" }
                let group = makeGroup(names.map { makeSampler($0) })
                async let end: Void = group.run()
                for name in names { try await waitForFirstSample(name) }
                await group.triggerGracefulShutdown()
                try await end
                for name in names { expectNoGauges(name) }
                #expect(registry.collect().families.allSatisfy { $0.values.isEmpty })
            }
        }

        @Test("it needs no group: a cancelled task is enough")
        func withoutGroup() async throws {
            process.setTimes(age: 100, processor: 50)
            try await MetricsRegistry.withIsolated { (_) async throws in
                let task = Task { await makeSampler().run() }
                try await waitForFirstSample()
                task.cancel()
                await task.value
                expectNoGauges()
            }
        }
    }
#endif
