#if Server
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import ServiceLifecycle

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Takes orders over HTTP until it is told to stop.
    ///
    /// It says that it lives by gauges in `live` modes, so a worker that is killed need not take anything back.
    struct OrderServer: Service {
        func run() async throws {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(OrderHandler())
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()

            Workers.set(1, runtime: .swift)
            WorkerStartTimestamp.setToCurrentTime(runtime: .swift)
            BuildInfo.set(runtime: .swift, version: "1.0")
            PriceListVersion.set(7)
            Till.set(.open, runtime: .swift)

            print("listening http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
            fflush(nil)
            try await withGracefulShutdownHandler {
                try await channel.closeFuture.get()
            } onGracefulShutdown: {
                channel.close(promise: nil)
            }
            Till.set(.closed, runtime: .swift)
        }
    }
#endif
