/// Why the place of a worker became free, other than by the end of the whole server.
struct WorkerRestart: Sendable, Hashable {
    /// The value of the label `reason`.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The worker ended by itself, with whatever code.
        case exit
        /// A signal that the master did not send ended it: a crash, `kill`, the kernel short of memory.
        case signal
        /// It stopped answering its heartbeat, and the master killed it.
        case timeout
        /// The master replaced it, because it was told to reload.
        case reload
    }

    /// The value of the label `restart_type`.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The worker finished what it had begun.
        case graceful
        /// It was torn out of its work.
        case forced
    }

    /// The worker's number, from 1.
    let worker: Int
    /// Why it ended.
    let reason: Reason
    /// Whether it could finish its work.
    let kind: Kind

    /// What an end means, of which the system tells the status and the master knows what it had asked for.
    init(worker: Int, status: WaitStatus, asked: WorkerPool.Asked) {
        self.worker = worker
        self.kind = status == .exited(0) ? .graceful : .forced
        self.reason =
            switch (asked, status) {
            case (.killAfterSilence, _): .timeout
            case (.drain, _), (.killAfterDrain, _): .reload
            case (.nothing, .signalled): .signal
            case (.nothing, .exited), (.nothing, .unknown): .exit
            }
    }
}
