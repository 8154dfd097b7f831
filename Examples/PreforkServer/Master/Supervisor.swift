import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The master at work: starts workers, listens to them, collects those that ended, and does what signals ask.
///
/// One thread waits in one place for everything that can happen, so events have an order and need no locks. What
/// follows from an event is ``WorkerPool``'s to decide.
final class Supervisor {
    /// The byte that ``stop(_:)`` writes; no signal has this number.
    private static let stopByte: UInt8 = 255
    /// How long workers that were told to finish have for accepting what waits.
    private static let refusalDelay = Duration.milliseconds(500)
    /// The signals that the master takes itself.
    static let signals: [Int32] = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGCHLD]

    private let launcher: WorkerLauncher
    private let inbox: SignalPipe
    private let parent: Int32?
    private let logger: Logger
    private let restarts = RestartMetrics()
    private let clock = SuspendingClock()
    private let start: SuspendingClock.Instant

    private var pool: WorkerPool
    private var links: [pid_t: OwnedDescriptor] = [:]
    private var emptyPlaces = EmptyPlaces()
    private var wasSettled = false
    /// When connections are to be refused, once the server stops.
    private var refusesAt: Duration?

    /// Creates a supervisor; nothing starts before ``run()``.
    ///
    /// - Parameters:
    ///   - settings: How many workers, and their limits.
    ///   - launcher: Starts a worker.
    ///   - inbox: Where ``signals`` arrive.
    ///   - parent: A descriptor that reads as ended when whoever started the master has gone; then the master stops.
    ///   - logger: The master's log.
    init(
        settings: WorkerPool.Settings,
        launcher: WorkerLauncher,
        inbox: SignalPipe,
        parent: Int32?,
        logger: Logger
    ) {
        self.pool = WorkerPool(settings: settings)
        self.launcher = launcher
        self.inbox = inbox
        self.parent = parent
        self.logger = logger
        self.start = clock.now
    }

    /// Keeps the workers running until a signal, the end of the parent or ``stop(_:)`` ends it; returns when all have
    /// ended.
    func run() {
        var parent = self.parent
        var lastTurn = now
        while true {
            perform(pool.tick(at: now))
            refuseConnections()
            emptyPlaces.record(pool)
            reportSettled()
            if pool.isFinished { return }

            let sources = wait(parent: parent)
            // A master that was stopped, or starved of processor time, has heard nobody: that is not the workers' fault.
            if now - lastTurn > pool.settings.heartbeatTimeout / 2 { pool.forgiveSilence(at: now) }
            lastTurn = now

            for pid in sources.links { listen(to: pid) }
            for byte in inbox.drain() { handle(byte) }
            if sources.parent {
                parent = nil
                logger.notice("whoever started this server has gone; stopping")
                stopWorkers()
            }
        }
    }

    /// Makes ``run()`` end as a signal would; for other threads.
    static func stop(_ inbox: SignalPipe) {
        inbox.post(stopByte)
    }

    private var now: Duration { start.duration(to: clock.now) }
}

// MARK: - Waiting

extension Supervisor {
    /// Waits until something can be read or something is due; answers who can be read, besides the inbox.
    private func wait(parent: Int32?) -> (links: [pid_t], parent: Bool) {
        let pids = links.keys.sorted()
        var polled = [pollfd(fd: inbox.reading.number, events: Int16(POLLIN), revents: 0)]
        polled += pids.compactMap { pid in
            links[pid].map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        }
        if let parent { polled.append(pollfd(fd: parent, events: Int16(POLLIN), revents: 0)) }

        // Waking four times in the time that a worker may be silent tells a silent worker from a master that slept.
        var pause = pool.settings.heartbeatTimeout / 4
        for deadline in [pool.nextDeadline, refusesAt].compactMap({ $0 }) {
            pause = min(pause, max(.zero, deadline - now))
        }
        // Rounded up: to wake a moment too early would turn the loop without anything to do.
        let milliseconds = Int32(clamping: Int((pause / .milliseconds(1)).rounded(.up)))
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return ([], false) }

        let ready = zip(pids, polled.dropFirst()).filter { $1.revents != 0 }.map(\.0)
        guard let parent, polled.last?.revents != 0 else { return (ready, false) }
        return (ready, hasEnded(parent))
    }

    /// Whether a descriptor that can be read reads as ended; what was written to it is thrown away.
    private func hasEnded(_ descriptor: Int32) -> Bool {
        var buffer: [UInt8] = Array(repeating: 0, count: 256)
        let count = read(descriptor, &buffer, buffer.count)
        return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)
    }
}

// MARK: - Events

extension Supervisor {
    private func handle(_ byte: UInt8) {
        switch Int32(byte) {
        case SIGCHLD:
            collect()
        case SIGHUP:
            logger.notice("reloading all workers")
            wasSettled = false
            pool.reload(at: now)
        case SIGTERM, SIGINT, Int32(Self.stopByte):
            stopWorkers()
        case SIGQUIT:
            stopWorkers()
            perform(pool.kill())
        default:
            break
        }
    }

    /// Lets the workers finish.
    ///
    /// Asked for again it changes nothing: some tools send their signal twice, once to the master and once to its
    /// process group.
    private func stopWorkers() {
        guard !pool.isStopping else { return }
        logger.notice("stopping when the workers have finished; SIGQUIT kills them")
        ServerReport.stopping.print()
        perform(pool.stop(at: now))
        refusesAt = now + Self.refusalDelay
    }

    /// Refuses connections once the workers have taken over those that waited.
    ///
    /// Without it they would go on queueing, and be cut off only when the last worker has finished.
    private func refuseConnections() {
        guard let due = refusesAt, now >= due else { return }
        refusesAt = nil
        launcher.stopListening()
    }

    private func listen(to pid: pid_t) {
        guard let link = links[pid], let worker = pool.processes[pid]?.worker else { return }
        let (bytes, ended) = link.drain()
        for message in bytes.compactMap(WorkerMessage.init) {
            switch message {
            case .heartbeat:
                pool.heard(pid, at: now)
            case .ready:
                perform(pool.ready(pid, at: now))
                ServerReport.ready(worker: WorkerIdentity.name(worker), pid: pid).print()
                logger.info("worker ready", metadata: ["worker_id": "\(WorkerIdentity.name(worker))", "pid": "\(pid)"])
            }
        }
        // It is about to end. The signal that tells so comes when it can be collected.
        if ended { links[pid] = nil }
    }

    /// Collects every process that has ended.
    ///
    /// One signal may stand for several of them.
    private func collect() {
        for pid in pool.processes.keys.sorted() {
            guard let status = ChildProcess.reap(pid), let process = pool.processes[pid] else { continue }
            listen(to: pid)
            links[pid] = nil
            let worker = WorkerIdentity.name(process.worker)
            let level: Logger.Level = process.asked == .nothing && !pool.isStopping ? .warning : .info
            logger.log(
                level: level,
                "worker ended",
                metadata: ["worker_id": "\(worker)", "pid": "\(pid)", "status": "\(status)"]
            )
            perform(pool.ended(pid, status: status, at: now))
            ServerReport.ended(worker: worker, pid: pid, status: status).print()
            wasSettled = false
        }
    }

    private func reportSettled() {
        guard pool.isSettled != wasSettled else { return }
        wasSettled = pool.isSettled
        if wasSettled { ServerReport.settled(workers: pool.settings.workers).print() }
    }
}

// MARK: - Commands

extension Supervisor {
    private func perform(_ commands: [WorkerPool.Command]) {
        for command in commands {
            switch command {
            case .start(let worker):
                start(worker)
            case .signal(let pid, let signal):
                // The process is not collected yet, so the id is still its own, even where it has just ended.
                _ = kill(pid, signal)
                logger.info("sent signal \(signal)", metadata: ["pid": "\(pid)"])
            case .count(let restart):
                restarts.count(restart)
            }
        }
    }

    private func start(_ worker: Int) {
        do {
            let (pid, link) = try launcher.start(worker)
            links[pid] = link
            pool.started(worker, pid: pid, at: now)
        } catch {
            logger.error(
                "cannot start a worker",
                metadata: ["worker_id": "\(WorkerIdentity.name(worker))", "error": "\(error)"]
            )
            pool.failedToStart(worker, at: now)
        }
    }
}
