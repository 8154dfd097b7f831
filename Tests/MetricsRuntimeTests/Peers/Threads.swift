import Foundation
import Synchronization

/// Threads of the system's for work that blocks or never pauses: tasks have as many threads as there are cores.
enum Threads {
    private final class Countdown: Sendable {
        private let left: Atomic<Int>

        init(_ count: Int) { left = Atomic(count) }

        /// Whether this was the last one.
        func finish() -> Bool { left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }
    }

    /// Runs each body on a thread of its own, until all have ended.
    static func together(_ bodies: [@Sendable () -> Void]) async {
        let countdown = Countdown(bodies.count)
        await withCheckedContinuation { continuation in
            for body in bodies {
                Thread.detachNewThread {
                    body()
                    if countdown.finish() { continuation.resume() }
                }
            }
        }
    }

    /// The same, with others beside them that end when told to: they run until all of `bodies` have ended.
    static func together(_ bodies: [@Sendable () -> Void], beside others: [@Sendable (Stop) -> Void]) async {
        let stop = Stop()
        let countdown = Countdown(bodies.count)
        let ending = bodies.map { body in
            { @Sendable in
                body()
                if countdown.finish() { stop.set() }
            }
        }
        await together(ending + others.map { other in { @Sendable in other(stop) } })
    }
}
