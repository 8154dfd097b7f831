#if Server
    import Logging
    import MetricsRuntime
    import MetricsServer
    import ServiceLifecycle
    import UnixSignals

    /// A web app on SwiftNIO alone, on port 8080, and its metrics on port 9464.
    @main
    struct NIOServer {
        static func main() async throws {
            let logger = Logger(label: "app")
            let metrics = MetricsHTTPServer(
                configuration: MetricsServerConfiguration(host: "127.0.0.1", port: 9464),
                handler: MetricsHandler(title: "NIOServer", collectors: [ProcessCollector()]) {
                    MetricsRegistry.shared.collect()
                },
                logger: logger
            )
            let group = ServiceGroup(
                services: [metrics, AppServer(port: 8080)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
            try await group.run()
        }
    }
#else
    /// Without the trait `Server` there is no SwiftNIO to build it with.
    @main
    struct NIOServer {
        static func main() {}
    }
#endif
