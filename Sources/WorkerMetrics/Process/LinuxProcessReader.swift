#if os(Linux) || os(Android)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Android)
        import Android
    #endif

    /// Reads the own process from `/proc/self`.
    ///
    /// `/proc/self` is resolved anew by each `open`, so that a forked child reads itself and not its parent. A descriptor
    /// that was kept over a fork would go on reading the parent.
    package struct PlatformProcessReader: ProcessReader {
        private let statm = "/proc/self/statm"
        private let stat = "/proc/self/stat"

        package init() {}

        package func residentBytes() throws(ProcessReadingError) -> UInt64 {
            let bytes = try SmallFile.read(statm)
            let fields = bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
            guard fields.count >= 2, let pages = UInt64(String(decoding: fields[1], as: UTF8.self)) else {
                throw .malformed(source: statm, reason: "field 2 (resident) is not a number")
            }
            return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
        }

        package func times() throws(ProcessReadingError) -> ProcessTimes {
            let line = try ProcessStatLine(parsing: SmallFile.read(stat), source: stat)
            var boot = timespec()
            guard clock_gettime(CLOCK_BOOTTIME, &boot) == 0 else {
                throw .failed(source: "clock_gettime(CLOCK_BOOTTIME)", errno: errno)
            }
            let now = Duration.seconds(Int64(boot.tv_sec)) + .nanoseconds(Int64(boot.tv_nsec))
            // The start is rounded to a tick, so that it may lie a moment ahead of a clock that is read at once.
            return ProcessTimes(
                age: max(.zero, now - Self.duration(ticks: line.startTicks)),
                processorTime: Self.duration(ticks: line.userTicks &+ line.systemTicks)
            )
        }

        private static func duration(ticks: UInt64) -> Duration {
            let perSecond = UInt64(clamping: sysconf(Int32(_SC_CLK_TCK)))
            guard perSecond > 0 else { return .zero }
            let whole = ticks / perSecond
            let rest = ticks % perSecond
            return .seconds(Int64(clamping: whole)) + .nanoseconds(Int64(rest * 1_000_000_000 / perSecond))
        }
    }
#endif
