#if Server
    import Logging
    import MetricsRuntime
    import Synchronization

    /// Logs what scrapes leave out: each fault once, and again where it was mended in between.
    final class ServeLog: Sendable {
        private let logger: Logger
        private let known = Mutex<Set<MultiprocessFaultReport>>([])

        init(_ logger: Logger) {
            self.logger = logger
        }

        /// Tells of the faults of one scrape that the scrape before did not have.
        func report(_ faults: [MultiprocessFaultReport]) {
            let added = known.withLock { known in
                defer { known = Set(faults) }
                return faults.filter { !known.contains($0) }
            }
            for fault in added { logger.warning("left out of a scrape", metadata: ["fault": "\(fault)"]) }
        }
    }
#endif
