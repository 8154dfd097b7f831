import MetricsRuntime
import WorkerMetrics

/// Counts restarts, in the master: it alone learns of every end, also of one that gave the worker no time to say so.
struct RestartMetrics {
    /// Makes the series of the likeliest reasons, so that the first restart is a step from 0 and not a new series.
    init() {
        for reason in [Reason.exit, .signal, .kill, .timeout, .reload] {
            _ = MasterWorkerRestarts.labels(reason: reason)
        }
    }

    /// Counts one restart, once in each of the four counters that tell of it.
    func count(_ restart: WorkerRestart) {
        let worker = WorkerIdentity.name(restart.worker)
        MasterWorkerRestarts.inc(reason: restart.reason)
        MasterWorkerRestartCount.inc(workerID: worker, reason: restart.reason, restartType: restart.type)
        WorkerRestartReason.inc(workerID: worker, reason: restart.reason)
        WorkerRestartCount.inc(workerID: worker, restartType: restart.type, reason: restart.reason)
    }
}
