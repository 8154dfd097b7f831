internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Runs a loop on several threads at once, and says what it took only where all of them really ran at once.
public enum ThreadGroup {
    /// What one thread did.
    private final class Slice: @unchecked Sendable {
        let work: @Sendable () -> Void
        let gate: Gate
        var start = 0
        var end = 0
        var processorTime = 0

        init(gate: Gate, work: @escaping @Sendable () -> Void) {
            self.gate = gate
            self.work = work
        }

        func run() {
            gate.pass()
            let processorStart = Clock.threadNanoseconds
            start = Clock.monotonicNanoseconds
            work()
            end = Clock.monotonicNanoseconds
            processorTime = Clock.threadNanoseconds - processorStart
        }
    }

    /// Lets everybody through at the same moment.
    private final class Gate: Sendable {
        private let waiting: Atomic<Int>

        init(count: Int) { waiting = Atomic(count) }

        func pass() {
            waiting.subtract(1, ordering: .acquiringAndReleasing)
            // Giving the processor away: there may be fewer processors than threads.
            while waiting.load(ordering: .acquiring) > 0 { sched_yield() }
        }
    }

    /// The time from the first start to the last end, in nanoseconds; `nil` where a thread was kept waiting for a
    /// processor for more than a tenth of its time, or the threads did not run side by side for nine tenths of it.
    public static func run(threads: Int, _ work: @escaping @Sendable () -> Void) -> Int? {
        together(slices((0..<threads).map { _ in work }))
    }

    /// The processor time of all threads together, in nanoseconds, however many of them run at a time.
    public static func processorTime(threads: Int, _ work: @escaping @Sendable () -> Void) -> Int {
        slices((0..<threads).map { _ in work }).reduce(0) { $0 + $1.processorTime }
    }

    /// Runs each of them on a thread of its own, until all have ended.
    public static func run(_ works: [@Sendable () -> Void]) { _ = slices(works) }

    private static func slices(_ works: [@Sendable () -> Void]) -> [Slice] {
        let gate = Gate(count: works.count)
        let slices = works.map { Slice(gate: gate, work: $0) }
        let handles = slices.map { slice in
            var handle = pthread_t(bitPattern: 0)
            #if canImport(Darwin)
                typealias Argument = UnsafeMutableRawPointer
            #else
                typealias Argument = UnsafeMutableRawPointer?
            #endif
            let body: @convention(c) (Argument) -> UnsafeMutableRawPointer? = { argument in
                let address: UnsafeMutableRawPointer? = argument
                if let address { Unmanaged<Slice>.fromOpaque(address).takeUnretainedValue().run() }
                return nil
            }
            pthread_create(&handle, nil, body, Unmanaged.passUnretained(slice).toOpaque())
            return handle
        }
        for handle in handles {
            #if canImport(Darwin)
                if let handle { pthread_join(handle, nil) }
            #else
                pthread_join(handle, nil)
            #endif
        }
        return slices
    }

    private static func together(_ slices: [Slice]) -> Int? {
        let start = slices.map(\.start).min() ?? 0
        let end = slices.map(\.end).max() ?? 0
        let common = (slices.map(\.end).min() ?? 0) - (slices.map(\.start).max() ?? 0)
        let ran = slices.allSatisfy { $0.processorTime * 10 >= ($0.end - $0.start) * 9 }
        return ran && common * 10 >= (end - start) * 9 ? end - start : nil
    }
}
