import Foundation

/// Blocks threads until it is opened, as a file system that does not answer would.
final class Gate: Sendable {
    private let condition = NSCondition()
    nonisolated(unsafe) private var isOpen = false
    nonisolated(unsafe) private var waiters = 0

    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    /// Blocks the calling thread until the gate opens.
    func wait() {
        condition.withLock {
            waiters += 1
            condition.broadcast()
            while !isOpen { condition.wait() }
        }
    }

    /// Waits until the gate opens, without a thread.
    func pass() async {
        await withCheckedContinuation { continuation in
            // A thread of its own: Dispatch has only so many.
            Thread.detachNewThread { [self] in
                wait()
                continuation.resume()
            }
        }
    }

    /// Returns when that many threads wait at the gate.
    func reached(by count: Int) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                condition.withLock {
                    while waiters < count { condition.wait() }
                }
                continuation.resume()
            }
        }
    }
}
