import Logging
import MetricsRuntime
import Testing
import WorkerMetrics

@Suite("The sampler of a worker")
struct WorkerSamplerTests {
    private let clock = ManualClock()
    private let process = FakeProcess()
    private let log = LogRecorder()

    private var memory: Double? { WorkerMemory.value(workerID: "w") }
    private var cpu: Double? { WorkerCPU.value(workerID: "w") }
    private var uptime: Double? { WorkerUptime.value(workerID: "w") }

    /// Runs a sampler in a registry of its own until the body has ended.
    private func sampling(
        memory: Duration = .seconds(30),
        cpu: Duration = .seconds(10),
        _ body: () async throws -> Void
    ) async throws {
        let sampler = WorkerSampler(
            workerID: "w",
            intervals: WorkerSamplingIntervals(memory: memory, cpu: cpu),
            logger: log.logger,
            reader: process
        )
        try await MetricsRegistry.withIsolated { (_) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await sampler.run(clock: clock) }
                defer { group.cancelAll() }
                try await body()
            }
        }
    }

    private func expectNext(_ expected: Duration, at location: SourceLocation = #_sourceLocation) async throws {
        let next = try await clock.nextDeadline()
        #expect(next == expected, sourceLocation: location)
    }

    private func advance(to expected: Duration, at location: SourceLocation = #_sourceLocation) async throws {
        let reached = try await clock.advanceToNextDeadline()
        #expect(reached == expected, sourceLocation: location)
    }

    @Test("memory every 30 seconds, processor usage every 10, the uptime with each")
    func schedule() async throws {
        process.set { $0.residentBytes = .success(1000) }
        process.setTimes(age: 100, processor: 50)
        try await sampling {
            try await expectNext(.seconds(10))
            #expect(memory == 1000)
            #expect(cpu == 50)
            #expect(uptime == 100)

            process.set { $0.residentBytes = .success(2000) }
            process.setTimes(age: 110, processor: 50)
            try await advance(to: .seconds(10))
            #expect(memory == 1000)
            #expect(cpu == 0)
            #expect(uptime == 110)

            process.setTimes(age: 120, processor: 52)
            try await advance(to: .seconds(20))
            #expect(memory == 1000)
            #expect(cpu == 20)

            process.setTimes(age: 130, processor: 53)
            try await advance(to: .seconds(30))
            #expect(memory == 2000)
            try await expectNext(.seconds(40))
        }
    }

    @Test("a young process waits for its first processor usage until it is a second old")
    func young() async throws {
        process.setTimes(age: 0.25, processor: 0.25)
        try await sampling {
            try await expectNext(.seconds(0.75))
            #expect(cpu == nil)
            #expect(uptime == 0.25)

            process.setTimes(age: 1, processor: 0.5)
            try await clock.advanceToNextDeadline()
            #expect(cpu == 50)
            try await expectNext(.seconds(10.75))
        }
    }

    @Test("intervals can be set, and are kept from being too short")
    func intervals() async throws {
        #expect(WorkerSamplingIntervals(memory: .zero, cpu: .seconds(-1)).memory == WorkerSamplingIntervals.shortest)
        #expect(WorkerSamplingIntervals(memory: .zero, cpu: .seconds(-1)).cpu == WorkerSamplingIntervals.shortest)
        #expect(WorkerSamplingIntervals() == WorkerSamplingIntervals(memory: .seconds(30), cpu: .seconds(10)))

        process.setTimes(age: 5, processor: 0)
        try await sampling(memory: .seconds(2), cpu: .seconds(3)) {
            try await expectNext(.seconds(2))
            process.setTimes(age: 8, processor: 0)
            try await clock.advanceToNextDeadline()
            try await expectNext(.seconds(3))
        }
    }

    @Test("a figure that cannot be read keeps its value, is logged once, and does not end the sampler")
    func failures() async throws {
        process.set { $0.residentBytes = .success(1000) }
        process.setTimes(age: 10, processor: 1)
        try await sampling(memory: .seconds(10)) {
            _ = try await clock.nextDeadline()
            let failure = ProcessReadingError.failed(source: "/proc/self/statm", errno: 24)
            process.set { $0.residentBytes = .failure(failure) }
            for age in [20.0, 30, 40] {
                process.setTimes(age: age, processor: 1)
                try await clock.advanceToNextDeadline()
            }
            #expect(memory == 1000)
            #expect(log.entries.count == 1)
            #expect(log.entries.first?.level == .warning)
            #expect(log.entries.first?.metadata["error"]?.contains("/proc/self/statm") == true)

            process.set { $0.residentBytes = .success(3000) }
            process.setTimes(age: 50, processor: 1)
            try await clock.advanceToNextDeadline()
            #expect(memory == 3000)

            process.set { $0.residentBytes = .failure(failure) }
            process.setTimes(age: 60, processor: 1)
            try await clock.advanceToNextDeadline()
            #expect(log.entries.count == 2)
        }
    }

    @Test("cancellation ends it, and its gauges with it")
    func cancellation() async throws {
        let sampler = WorkerSampler(
            workerID: "w",
            intervals: WorkerSamplingIntervals(),
            logger: log.logger,
            reader: process
        )
        await MetricsRegistry.withIsolated { _ in
            let task = Task { await sampler.run(clock: clock) }
            _ = try? await clock.nextDeadline()
            #expect(memory == 0)
            #expect(uptime == 0)
            task.cancel()
            await task.value
            #expect(clock.deadlines.isEmpty)
            #expect(memory == nil)
            #expect(cpu == nil)
            #expect(uptime == nil)
        }
    }

    @Test("it samples this process by the figures of the system")
    func realProcess() async throws {
        try await MetricsRegistry.withIsolated { (_) async throws in
            let task = Task { await WorkerSampler(workerID: "real").run() }
            defer { task.cancel() }
            let limit = ContinuousClock.now + .seconds(300)
            while (WorkerMemory.value(workerID: "real") ?? 0) == 0, ContinuousClock.now < limit {
                await Task.yield()
            }
            let memory = try #require(WorkerMemory.value(workerID: "real"))
            #expect(memory > 1_048_576)
        }
    }
}
