#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The two clocks of the system, in seconds.
///
/// Half the cost of `ContinuousClock`.
package enum SystemTime {
    /// Unix time.
    package static func unixSeconds() -> Double { seconds(CLOCK_REALTIME) }

    /// Time since some moment in the past; never goes back.
    package static func monotonicSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
