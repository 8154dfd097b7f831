import MetricsRuntime

/// Collects within a time, and lets go of what does not end by then.
///
/// Work that hangs cannot be stopped, so it goes on where it is with the permit that it was given; nobody waits for it.
enum CollectingRun {
    /// Collecting took longer than it may.
    struct TimedOut: Error {}

    /// Gives the result to the first of those who ask for it, and to nobody else.
    private final class FirstResult: Sendable {
        private enum State {
            case waiting(CheckedContinuation<Result<MetricSnapshot, any Error>, Never>)
            case early(Result<MetricSnapshot, any Error>)
            case none
            case done
        }

        private let lock = Lock()
        private nonisolated(unsafe) var state = State.none

        func wait(_ continuation: CheckedContinuation<Result<MetricSnapshot, any Error>, Never>) {
            let early = lock.withLock { () -> Result<MetricSnapshot, any Error>? in
                if case .early(let result) = state {
                    state = .done
                    return result
                }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }

        func give(_ result: Result<MetricSnapshot, any Error>) {
            let continuation = lock.withLock { () -> CheckedContinuation<Result<MetricSnapshot, any Error>, Never>? in
                switch state {
                case .waiting(let continuation):
                    state = .done
                    return continuation
                case .none:
                    state = .early(result)
                    return nil
                case .early, .done:
                    return nil
                }
            }
            continuation?.resume(returning: result)
        }
    }

    /// Runs `collect`, for at most that long.
    ///
    /// - Parameters:
    ///   - limit: How long the caller waits.
    ///   - executor: Where `collect` runs; where none is given, on Swift's shared threads.
    ///   - permit: Kept until `collect` has ended, however late.
    static func collect(
        within limit: Duration,
        on executor: (any TaskExecutor)?,
        permit: ScrapePermit,
        _ collect: @escaping @Sendable () async throws -> MetricSnapshot
    ) async -> Result<MetricSnapshot, any Error> {
        let first = FirstResult()
        let work = Task(executorPreference: executor) {
            let result: Result<MetricSnapshot, any Error>
            do { result = .success(try await collect()) } catch { result = .failure(error) }
            first.give(result)
            withExtendedLifetime(permit) {}
        }
        let timer = Task {
            try? await Task.sleep(for: limit)
            if !Task.isCancelled { first.give(.failure(TimedOut())) }
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { first.wait($0) }
        } onCancel: {
            first.give(.failure(CancellationError()))
        }
        timer.cancel()
        if case .failure = result { work.cancel() }
        return result
    }
}
