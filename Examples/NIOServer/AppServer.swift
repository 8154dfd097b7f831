#if Server
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import ServiceLifecycle

    /// The app's own server: SwiftNIO without a framework.
    struct AppServer: Service {
        /// The port; with 0 the system chooses one.
        var port: Int
        /// Called once, when the port is open.
        var onListening: @Sendable (Int) async -> Void = { _ in }

        /// Serves until the task is cancelled or its service group shuts down.
        func run() async throws {
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true)
                        try pipeline.addHandler(HTTPMetricsHandler { Route(target: $0.uri).template })
                        try pipeline.addHandler(AppHandler())
                    }
                }
            let listener = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
            await withTaskCancellationOrGracefulShutdownHandler {
                await onListening(listener.localAddress?.port ?? port)
                try? await listener.closeFuture.get()
            } onCancelOrGracefulShutdown: {
                listener.close(promise: nil)
            }
        }
    }
#endif
