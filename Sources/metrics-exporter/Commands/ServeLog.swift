#if Server
    import Logging
    import MetricsRuntime
    import Synchronization

    /// Logs what scrapes leave out: each fault of a file once, and again where it was mended in between.
    final class ServeLog: Sendable {
        private let logger: Logger
        private let known = Mutex(KnownFaults())

        init(_ logger: Logger) {
            self.logger = logger
        }

        /// Tells of the faults of one scrape that the scrape before did not have.
        func report(_ faults: [MultiprocessFaultReport]) {
            for fault in known.withLock({ $0.new(among: faults) }) {
                logger.warning("left out of a scrape", metadata: ["fault": "\(fault)"])
            }
        }
    }
#endif
