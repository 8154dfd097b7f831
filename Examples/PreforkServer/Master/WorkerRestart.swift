import WorkerMetrics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the place of a worker became free, other than by the end of the whole server.
struct WorkerRestart: Sendable, Hashable {
    /// The worker's number, from 1.
    let worker: Int
    /// Why it ended.
    let reason: Reason
    /// Whether it could finish its work.
    let type: RestartType

    /// What an end means, of which the system tells the status and the master knows what it had asked for.
    init(worker: Int, status: WaitStatus, asked: WorkerPool.Asked) {
        self.worker = worker
        self.type = status == .exited(0) ? .graceful : .forced
        self.reason =
            switch (asked, status) {
            case (.killAfterSilence, _): .timeout
            case (.drain, _), (.killAfterDrain, _): .reload
            case (.nothing, .signalled(let signal)): Self.reason(signal: signal)
            case (.nothing, .exited), (.nothing, .unknown): .exit
            }
    }

    /// The reason for an end by a signal that the master did not send: a crash, `kill`, the kernel short of memory.
    private static func reason(signal: Int32) -> Reason {
        switch signal {
        case SIGKILL: .kill
        case SIGTERM: .term
        case SIGINT: .int
        case SIGQUIT: .quit
        case SIGABRT: .abort
        case SIGHUP: .hup
        case SIGUSR1: .usr1
        case SIGUSR2: .usr2
        default: .signal
        }
    }
}
