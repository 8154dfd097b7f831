#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Decides which workers run: it is told what happens, and answers what is to be done.
///
/// It starts nothing, waits for nothing and reads no clock, so that every course of events can be tried in a test. Time
/// is the time since the master began.
///
/// Each place (1, 2, …) has one worker that serves. While the master reloads, a successor starts beside it; the old one
/// is told to finish only when the successor answers requests, so that a reload with a broken program changes nothing.
struct WorkerPool: Sendable {
    /// What the master asked of a worker.
    enum Asked: Sendable, Hashable {
        case nothing
        /// To finish what it has begun, and to end.
        case drain
        /// To die, because it was told to finish and did not.
        case killAfterDrain
        /// To die, because it was silent for too long.
        case killAfterSilence
    }

    /// What is to be done.
    enum Command: Sendable, Hashable {
        /// Start a process for that place, and answer with ``WorkerPool/started(_:pid:at:)`` or `failedToStart`.
        case start(worker: Int)
        /// Send a signal.
        case signal(pid: pid_t, signal: Int32)
        /// Count an end that is a restart.
        case count(WorkerRestart)
    }

    /// The limits of a pool.
    struct Settings: Sendable, Hashable {
        /// How many workers serve.
        var workers: Int
        /// A worker that is silent for this long is taken for dead.
        var heartbeatTimeout: Duration = .seconds(30)
        /// A worker that was told to finish is killed after this.
        var drainTimeout: Duration = .seconds(30)
        /// The pauses between ends and restarts.
        var backoff = RestartBackoff()
    }

    struct Process: Sendable {
        let worker: Int
        let pid: pid_t
        let generation: Int
        let startedAt: Duration
        var heardAt: Duration
        var isReady = false
        var asked = Asked.nothing
        /// Whether another process has taken over, so that the end of this one completes a reload.
        var isReplaced = false
        var drainEnds: Duration?
    }

    private struct Place: Sendable {
        /// The process that serves, or is the only one starting.
        var serving: pid_t?
        /// The process that is to take over.
        var successor: pid_t?
        /// When the next process is to be started, where one is due.
        var startAt: Duration?
        var endsInRow = 0
    }

    let settings: Settings
    private(set) var processes: [pid_t: Process] = [:]
    private(set) var isStopping = false
    private var places: [Place]
    private var generation = 0

    init(settings: Settings) {
        self.settings = settings
        self.places = Array(repeating: Place(startAt: .zero), count: settings.workers)
    }

    /// Whether everything has ended after ``stop(at:)``.
    var isFinished: Bool { isStopping && processes.isEmpty }

    /// Whether every place has a worker that answers requests, none of them due to be replaced.
    var isSettled: Bool {
        !isStopping
            && places.allSatisfy { place in
                guard let process = place.serving.flatMap({ processes[$0] }) else { return false }
                return process.isReady && process.generation == generation && process.asked == .nothing
            }
    }
}

// MARK: - Events

extension WorkerPool {
    /// A process was started for a place.
    mutating func started(_ worker: Int, pid: pid_t, at now: Duration) {
        processes[pid] = Process(worker: worker, pid: pid, generation: generation, startedAt: now, heardAt: now)
        if places[worker - 1].serving == nil {
            places[worker - 1].serving = pid
        } else {
            places[worker - 1].successor = pid
        }
    }

    /// No process could be started for a place: counts as one that ended at once.
    mutating func failedToStart(_ worker: Int, at now: Duration) {
        scheduleStart(worker, age: .zero, at: now)
    }

    /// A worker has begun to answer requests.
    mutating func ready(_ pid: pid_t, at now: Duration) -> [Command] {
        guard var process = processes[pid] else { return [] }
        process.isReady = true
        process.heardAt = now
        processes[pid] = process

        let place = process.worker - 1
        guard places[place].successor == pid else { return [] }
        let predecessor = places[place].serving
        places[place].serving = pid
        places[place].successor = nil
        guard let predecessor else { return [] }
        processes[predecessor]?.isReplaced = true
        return drain(predecessor, at: now)
    }

    /// A worker said that it lives.
    mutating func heard(_ pid: pid_t, at now: Duration) {
        processes[pid]?.heardAt = now
    }

    /// A process has ended and was collected; its id means nothing any more.
    mutating func ended(_ pid: pid_t, status: WaitStatus, at now: Duration) -> [Command] {
        guard let process = processes.removeValue(forKey: pid) else { return [] }
        let place = process.worker - 1
        if places[place].successor == pid {
            places[place].successor = nil
        } else if places[place].serving == pid {
            places[place].serving = places[place].successor
            places[place].successor = nil
        }
        // The end of a worker is a restart only where another one serves in its place.
        guard !isStopping || process.isReplaced else { return [] }

        if !process.isReplaced {
            scheduleStart(process.worker, age: now - process.startedAt, at: now)
        }
        return [.count(WorkerRestart(worker: process.worker, status: status, asked: process.asked))]
    }

    /// All workers are to be replaced by new ones.
    mutating func reload(at now: Duration) {
        guard !isStopping else { return }
        generation += 1
        for place in places.indices {
            // A reload is what one asks for after mending something, so it does not wait for a pause to end.
            places[place].endsInRow = 0
            if places[place].startAt != nil { places[place].startAt = now }
        }
    }

    /// All workers are to finish, and none to be replaced.
    mutating func stop(at now: Duration) -> [Command] {
        isStopping = true
        for place in places.indices { places[place].startAt = nil }
        return processes.keys.sorted().flatMap { drain($0, at: now) }
    }

    /// All workers are to end at once, whatever they have begun.
    mutating func kill() -> [Command] {
        processes.keys.sorted().map { pid in
            processes[pid]?.asked = .killAfterDrain
            return .signal(pid: pid, signal: SIGKILL)
        }
    }

    /// The master itself did not run for a while, so it is no worker's fault that it was not heard.
    mutating func forgiveSilence(at now: Duration) {
        for pid in processes.keys { processes[pid]?.heardAt = now }
    }

    /// Does what is due.
    mutating func tick(at now: Duration) -> [Command] {
        var commands: [Command] = []
        for (pid, process) in processes.sorted(by: { $0.key < $1.key }) {
            switch process.asked {
            case .nothing where now >= process.heardAt + settings.heartbeatTimeout:
                processes[pid]?.asked = .killAfterSilence
            case .drain where now >= (process.drainEnds ?? now):
                processes[pid]?.asked = .killAfterDrain
            case .drain where now >= process.heardAt + settings.heartbeatTimeout:
                processes[pid]?.asked = .killAfterDrain
            default:
                continue
            }
            // Nothing gentler would reach a process that is stopped or whose loop is stuck.
            commands.append(.signal(pid: pid, signal: SIGKILL))
        }
        for place in places.indices where !isStopping {
            if let due = places[place].startAt {
                guard now >= due else { continue }
                places[place].startAt = nil
                commands.append(.start(worker: place + 1))
            } else if isOutdated(places[place]) {
                commands.append(.start(worker: place + 1))
            }
        }
        return commands
    }

    /// When ``tick(at:)`` next has something to do, if nothing happens before; `nil` where nothing is due.
    var nextDeadline: Duration? {
        var deadlines = isStopping ? [] : places.compactMap(\.startAt)
        for process in processes.values {
            switch process.asked {
            case .nothing:
                deadlines.append(process.heardAt + settings.heartbeatTimeout)
            case .drain:
                deadlines.append(process.heardAt + settings.heartbeatTimeout)
                if let ends = process.drainEnds { deadlines.append(ends) }
            case .killAfterDrain, .killAfterSilence:
                break
            }
        }
        return deadlines.min()
    }
}

// MARK: - Parts

extension WorkerPool {
    private mutating func drain(_ pid: pid_t, at now: Duration) -> [Command] {
        // One that is being killed for its silence stays a time-out, whatever else is asked of it.
        guard processes[pid]?.asked == .nothing else { return [] }
        processes[pid]?.asked = .drain
        processes[pid]?.drainEnds = now + settings.drainTimeout
        return [.signal(pid: pid, signal: SIGTERM)]
    }

    /// Plans a start for a place that has become empty.
    ///
    /// One that another process has taken over needs none.
    private mutating func scheduleStart(_ worker: Int, age: Duration, at now: Duration) {
        let place = worker - 1
        places[place].endsInRow = settings.backoff.row(after: places[place].endsInRow, age: age)
        if let serving = places[place].serving.flatMap({ processes[$0] }), serving.generation == generation { return }
        guard places[place].successor == nil else { return }
        places[place].startAt = now + settings.backoff.delay(afterEnds: places[place].endsInRow)
    }

    /// Whether a place is served by a process from before the last reload, and none is on its way.
    private func isOutdated(_ place: Place) -> Bool {
        guard place.successor == nil, let serving = place.serving.flatMap({ processes[$0] }) else { return false }
        return serving.generation != generation && serving.asked == .nothing
    }
}
