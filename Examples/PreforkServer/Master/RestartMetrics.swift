import WorkerMetrics

/// Counts restarts, in the master: it alone learns of every end, also of one that gave the worker no time to say so.
struct RestartMetrics {
    /// Makes the series of the restarts by reason, so that the first restart is a step from 0 and not a new series.
    init() {
        for reason in WorkerRestart.Reason.allCases {
            _ = MasterWorkerRestarts.labels(reason: reason.rawValue)
        }
    }

    /// Counts one restart, once in each of the four counters that tell of it.
    func count(_ restart: WorkerRestart) {
        let worker = WorkerIdentity.name(restart.worker)
        let reason = restart.reason.rawValue
        let kind = restart.kind.rawValue
        MasterWorkerRestarts.inc(reason: reason)
        MasterWorkerRestartCount.inc(workerID: worker, reason: reason, restartType: kind)
        WorkerRestartReason.inc(workerID: worker, reason: reason)
        WorkerRestartCount.inc(workerID: worker, restartType: kind, reason: reason)
    }
}
