#if Server
    import Logging
    import ServiceLifecycle
    import UnixSignals
#endif

/// A worker of the fleet: one process, one port of the system's choice, which it prints.
@main
struct FleetWorker {
    #if Server
        static func main() async throws {
            var logger = Logger(label: "fleet.worker", factory: { StreamLogHandler.standardError(label: $0) })
            logger.logLevel = .error
            let group = ServiceGroup(
                services: [OrderServer()],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
            try await group.run()
        }
    #else
        static func main() {
            print("FleetWorker answers requests, for which the package needs its trait Server.")
        }
    #endif
}
