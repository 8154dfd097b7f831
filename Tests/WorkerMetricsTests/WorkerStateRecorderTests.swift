import MetricsRuntime
import Testing
import WorkerMetrics

@Suite("The state of a worker")
struct WorkerStateRecorderTests {
    private func value(_ state: State, of worker: String = "w") -> Double? {
        WorkerState.value(workerID: worker, state: state)
    }

    @Test("the present state is 1, the one that was left is 0")
    func transition() {
        MetricsRegistry.withIsolated { _ in
            var state = WorkerStateRecorder(workerID: "w")
            #expect(state.state == nil)
            state.enter(.starting)
            #expect(value(.starting) == 1)

            state.enter(.running)
            #expect(state.state == .running)
            #expect(value(.starting) == 0)
            #expect(value(.running) == 1)

            state.enter(.quitting)
            state.enter(.stopped)
            #expect(State.allCases.map { value($0) } == [0, 0, 0, nil, 1])
        }
    }

    @Test("entering the present state again changes nothing")
    func again() {
        MetricsRegistry.withIsolated { _ in
            var state = WorkerStateRecorder(workerID: "w")
            state.enter(.running)
            state.enter(.running)
            #expect(value(.running) == 1)
        }
    }

    @Test("a state that was left can be entered again")
    func back() {
        MetricsRegistry.withIsolated { _ in
            var state = WorkerStateRecorder(workerID: "w")
            state.enter(.running)
            state.enter(.quitting)
            state.enter(.running)
            #expect(value(.running) == 1)
            #expect(value(.quitting) == 0)
        }
    }

    @Test("nothing is left at the end")
    func end() {
        MetricsRegistry.withIsolated { _ in
            var state = WorkerStateRecorder(workerID: "w")
            var other = WorkerStateRecorder(workerID: "other")
            other.enter(.running)
            state.enter(.starting)
            state.enter(.running)
            state.end()
            #expect(state.state == nil)
            #expect(State.allCases.allSatisfy { value($0) == nil })
            #expect(value(.running, of: "other") == 1)
            state.enter(.starting)
            #expect(value(.starting) == 1)
        }
    }

    @Test("workers are kept apart")
    func workers() {
        MetricsRegistry.withIsolated { _ in
            var first = WorkerStateRecorder(workerID: "1")
            var second = WorkerStateRecorder(workerID: "2")
            first.enter(.running)
            second.enter(.starting)
            first.enter(.quitting)
            #expect(value(.running, of: "1") == 0)
            #expect(value(.starting, of: "2") == 1)
            #expect(value(.running, of: "2") == nil)
        }
    }
}
