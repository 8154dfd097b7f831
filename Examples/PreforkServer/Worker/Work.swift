#if Server
    import NIOCore
    import WorkerMetrics

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Work that runs into real limits of the system, for the routes that fail.
    enum Work {
        /// An error of the application.
        struct Rejected: Error, CustomStringConvertible {
            var description: String { "the application rejected the request" }
        }

        /// Asks the system for more memory than any machine has, and throws what it answers.
        static func exhaustMemory() throws {
            let length = Int.max / 4
            let mapping = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
            if mapping == MAP_FAILED { throw IOError(errnoCode: errno, reason: "mmap of \(length) bytes") }
            munmap(mapping, length)
        }

        /// Computes for ever, under a limit of processor time.
        ///
        /// Blocks its thread until the limit is reached.
        static func compute(limit: Duration) throws {
            let start = try ThreadClock.processorTime()
            var value: UInt64 = 1
            while true {
                for _ in 0..<10_000 { value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
                guard value != 0, try ThreadClock.processorTime() - start < limit else {
                    throw WorkerLimitError.cpuTimeExceeded(limit: limit)
                }
            }
        }
    }
#endif
