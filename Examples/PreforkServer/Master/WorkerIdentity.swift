/// The name of a worker's place, which is the value of the label `worker_id`.
enum WorkerIdentity {
    /// The name of the place with that number, from 1.
    ///
    /// It is the same for every process that works there, one after the other: a restart makes no new series.
    static func name(_ worker: Int) -> String { "worker_\(worker)" }
}
