import Synchronization

/// A clock that stands still until it is told otherwise.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        func duration(to other: Instant) -> Duration { other.offset - offset }

        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let id: Int
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant()
        var nextID = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    /// When the sleepers want to be woken, earliest first.
    var deadlines: [Duration] { state.withLock { $0.sleepers.map(\.deadline.offset).sorted() } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                state.withLock { state in
                    if state.cancelled.remove(id) != nil {
                        continuation.resume(throwing: CancellationError())
                    } else if deadline <= state.now {
                        continuation.resume()
                    } else {
                        state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    }
                }
            }
        } onCancel: {
            state.withLock { state in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return
                }
                state.sleepers.remove(at: index).continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Waits until somebody sleeps, then moves the time on to that deadline, and waits until somebody sleeps again.
    ///
    /// - Returns: The time then.
    @discardableResult
    func advanceToNextDeadline() async throws -> Duration {
        let deadline = try await nextDeadline()
        state.withLock { state in
            state.now = Instant(offset: deadline)
            let woken = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            for sleeper in woken { sleeper.continuation.resume() }
        }
        _ = try await nextDeadline()
        return deadline
    }

    /// The earliest deadline, once somebody sleeps.
    func nextDeadline() async throws -> Duration {
        let limit = ContinuousClock.now + .seconds(300)
        while true {
            if let deadline = deadlines.first { return deadline }
            guard ContinuousClock.now < limit else { throw NobodySleeps() }
            await Task.yield()
        }
    }

    struct NobodySleeps: Error {}
}
