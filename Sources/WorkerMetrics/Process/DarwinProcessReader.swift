#if canImport(Darwin)
    import Darwin

    /// Reads the own process by `proc_pidinfo` and `getrusage`.
    package struct PlatformProcessReader: ProcessReader {
        package init() {}

        package func residentBytes() throws(ProcessReadingError) -> UInt64 {
            var info = proc_taskinfo()
            try Self.fill(&info, flavor: PROC_PIDTASKINFO, source: "proc_pidinfo(PROC_PIDTASKINFO)")
            return info.pti_resident_size
        }

        package func times() throws(ProcessReadingError) -> ProcessTimes {
            var info = proc_bsdinfo()
            try Self.fill(&info, flavor: PROC_PIDTBSDINFO, source: "proc_pidinfo(PROC_PIDTBSDINFO)")
            var now = timeval()
            guard gettimeofday(&now, nil) == 0 else { throw .failed(source: "gettimeofday", errno: errno) }
            var usage = rusage()
            guard getrusage(RUSAGE_SELF, &usage) == 0 else { throw .failed(source: "getrusage", errno: errno) }

            let start =
                Duration.seconds(Int64(clamping: info.pbi_start_tvsec))
                + .microseconds(Int64(clamping: info.pbi_start_tvusec))
            return ProcessTimes(
                age: max(.zero, Self.duration(now) - start),
                processorTime: Self.duration(usage.ru_utime) + Self.duration(usage.ru_stime)
            )
        }

        private static func fill<Info>(_ info: inout Info, flavor: Int32, source: String) throws(ProcessReadingError) {
            let size = Int32(MemoryLayout<Info>.size)
            // The pid is asked for each time: after a fork it is another one.
            guard proc_pidinfo(getpid(), flavor, 0, &info, size) == size else {
                throw .failed(source: source, errno: errno)
            }
        }

        private static func duration(_ time: timeval) -> Duration {
            .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
        }
    }
#endif
