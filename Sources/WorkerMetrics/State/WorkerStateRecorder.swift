import MetricsRuntime

/// Records which state a worker is in: 1 for that one, 0 for the one that it left.
///
/// ```swift
/// var state = WorkerStateRecorder(workerID: "worker_1")
/// state.enter(.running)   // gunicorn_worker_state{state="running",worker_id="worker_1"} 1
/// state.enter(.quitting)  // running 0, quitting 1
/// state.end()             // no series: the next process in this place has the say
/// ```
///
/// A recorder has one owner, who tells it of one state after the other; it cannot be copied. States that the worker
/// was never in have no series.
public struct WorkerStateRecorder: ~Copyable {
    /// The value of the label `worker_id`.
    public let workerID: String
    /// The state that the worker is in, or `nil` before the first.
    public private(set) var state: State?
    private var visited: Set<State> = []

    /// Creates a recorder of a worker that is in no state yet.
    public init(workerID: String) {
        self.workerID = workerID
    }

    /// Records that the worker is in a state from now on, and in no other.
    public mutating func enter(_ state: State) {
        let left = self.state
        self.state = state
        visited.insert(state)
        // The new one first: at no moment does it look as if there were no worker.
        WorkerState.set(1, workerID: workerID, state: state)
        if let left, left != state { WorkerState.set(0, workerID: workerID, state: left) }
    }

    /// Removes what was recorded, when the process is about to end and another one may serve in its place.
    public mutating func end() {
        state = nil
        for state in visited { WorkerState.remove(workerID: workerID, state: state) }
        visited = []
    }
}
