import HotPath
import Measurement
import Synchronization

/// How long the slowest thousandth of updates takes, each of them timed on its own.
enum SlowUpdates {
    /// What was found while another thread did something.
    struct Disturbed {
        /// The time that 999 of 1000 updates stay under.
        let nanoseconds: Int
        /// The time from one disturbance to the next.
        let interval: Int
    }

    /// The time that 999 of 1000 updates stay under while the other thread is not there; `nil` where other programs were.
    static func quiet(_ updates: Int, _ loop: @escaping HotPathRow.Loop) -> Int? {
        nonisolated(unsafe) let loop = loop
        let figures = Figures()
        ThreadGroup.run([{ figures.take(percentile(updates, loop)) }])
        return figures.disturbed?.nanoseconds
    }

    /// The same while another thread does something again and again; `nil` where the two did not run side by side.
    ///
    /// - Parameter pauses: Whether the other thread sleeps in between, so that its processor time says nothing.
    static func disturbed(
        _ updates: Int,
        _ loop: @escaping HotPathRow.Loop,
        pauses: Bool = false,
        by disturb: @escaping @Sendable () -> Void
    ) -> Disturbed? {
        nonisolated(unsafe) let loop = loop
        let figures = Figures()
        ThreadGroup.run([
            {
                let start = Clock.monotonicNanoseconds
                figures.take(percentile(updates, loop))
                figures.time.store(Clock.monotonicNanoseconds - start, ordering: .relaxed)
                figures.isDone.store(true, ordering: .relaxed)
            },
            {
                let (start, processorStart) = (Clock.monotonicNanoseconds, Clock.threadNanoseconds)
                var count = 0
                repeat {
                    disturb()
                    count += 1
                } while !figures.isDone.load(ordering: .relaxed)
                let time = Clock.monotonicNanoseconds - start
                figures.interval.store(time / count, ordering: .relaxed)
                let ran = pauses ? time : Clock.threadNanoseconds - processorStart
                figures.disturbance.store(ran, ordering: .relaxed)
            },
        ])
        // Both began at once, so a thread that ran less than the other was kept waiting.
        let disturbance = figures.disturbance.load(ordering: .relaxed)
        guard disturbance * 10 >= figures.time.load(ordering: .relaxed) * 9 else { return nil }
        return figures.disturbed
    }

    /// What the threads have found.
    private final class Figures: Sendable {
        let nanoseconds = Atomic(-1)
        let interval = Atomic(0)
        let time = Atomic(0)
        let disturbance = Atomic(0)
        let isDone = Atomic(false)

        func take(_ percentile: Int?) { nanoseconds.store(percentile ?? -1, ordering: .relaxed) }

        var disturbed: Disturbed? {
            let nanoseconds = nanoseconds.load(ordering: .relaxed)
            guard nanoseconds >= 0 else { return nil }
            return Disturbed(nanoseconds: nanoseconds, interval: interval.load(ordering: .relaxed))
        }
    }

    /// `nil` where the thread was kept waiting for a processor for more than a twentieth of its time.
    private static func percentile(_ updates: Int, _ loop: HotPathRow.Loop) -> Int? {
        // Counted by nanosecond: a list of all times would keep the caches busy. What takes longer stands in the last place.
        var counts = [Int](repeating: 0, count: 10_000)
        let (start, processorStart) = (Clock.monotonicNanoseconds, Clock.threadNanoseconds)
        for _ in 0..<updates {
            let start = Clock.monotonicNanoseconds
            loop(1)
            counts[min(Clock.monotonicNanoseconds - start, counts.count - 1)] += 1
        }
        let processorTime = Clock.threadNanoseconds - processorStart
        guard processorTime * 20 >= (Clock.monotonicNanoseconds - start) * 19 else { return nil }
        var slower = updates / 1000
        return counts.lastIndex { count in
            slower -= count
            return slower < 0
        }
    }
}
