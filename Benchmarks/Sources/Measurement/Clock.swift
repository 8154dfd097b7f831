#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Clocks, in nanoseconds.
public enum Clock {
    /// Processor time of the calling thread: what other programs take does not count.
    public static var threadNanoseconds: Int { read(CLOCK_THREAD_CPUTIME_ID) }

    /// Time that goes on whatever happens.
    public static var monotonicNanoseconds: Int { read(CLOCK_MONOTONIC) }

    /// Waits without giving the processor away, for times that are too short to sleep.
    public static func spin(nanoseconds: Int) {
        let end = monotonicNanoseconds + nanoseconds
        while monotonicNanoseconds < end {}
    }

    /// Gives the processor away for a while.
    public static func sleep(microseconds: UInt32) { usleep(microseconds) }

    private static func read(_ clock: clockid_t) -> Int {
        var time = timespec()
        clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
