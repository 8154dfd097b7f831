import MetricsRuntime
import WorkerMetrics

/// Records the places without a process as stopped.
///
/// The master does it: a worker that was killed cannot, and one that ends in peace does not know whether another one
/// serves in its place already.
struct EmptyPlaces {
    private var empty: Set<Int> = []

    /// Records which places have a process and which have none.
    mutating func record(_ pool: WorkerPool) {
        let occupied = Set(pool.processes.values.map(\.worker))
        for worker in 1...max(1, pool.settings.workers) {
            if occupied.contains(worker) {
                guard empty.remove(worker) != nil else { continue }
                WorkerState.set(0, workerID: WorkerIdentity.name(worker), state: .stopped)
            } else if empty.insert(worker).inserted {
                WorkerState.set(1, workerID: WorkerIdentity.name(worker), state: .stopped)
            }
        }
    }
}
