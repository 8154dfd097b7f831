#if Server
    import Logging
    import MetricsRuntime
    import NIOCore
    import NIOPosix

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Opens the port, and says what is wrong where it cannot.
    enum Listener {
        /// Connections that wait to be accepted; scrapers are few.
        private static let backlog: Int32 = 128

        static func bind(
            _ configuration: MetricsServerConfiguration,
            on group: any EventLoopGroup,
            logger: Logger,
            childChannelInitializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
        ) async throws(MetricsServerError) -> any Channel {
            let host = configuration.host
            let port = configuration.port
            func failure(_ code: MetricsServerError.Code, _ detail: String = "") -> MetricsServerError {
                MetricsServerError(code, host: host, port: port, detail: detail)
            }
            if let fault = EndpointAddress.fault(in: host) { throw failure(.invalidAddress, fault) }
            guard EndpointPort.range.contains(port) else { throw failure(.invalidPort) }

            let bootstrap = ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: backlog)
                // The port of a server that just ended can be opened again while its connections linger in TIME_WAIT.
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger))
                    }
                }
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                // A client that ends its side after the request (as `nc -N` does) still gets its answer.
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer(childChannelInitializer)
            do {
                return try await bootstrap.bind(host: EndpointAddress.withoutBrackets(host), port: port).get()
            } catch let error as IOError {
                switch error.errnoCode {
                case EADDRINUSE: throw failure(.portInUse, "\(error)")
                case EACCES, EPERM: throw failure(.notPermitted, "\(error)")
                case EADDRNOTAVAIL, EAFNOSUPPORT: throw failure(.addressNotAvailable, "\(error)")
                default: throw failure(.failed, "\(error)")
                }
            } catch is SocketAddressError.UnknownHost {
                throw failure(.unknownHost)
            } catch {
                throw failure(.failed, "\(error)")
            }
        }
    }

    extension Channel {
        /// The address that a listening channel is bound to.
        func localMetricsAddress(_ configuration: MetricsServerConfiguration) -> MetricsServerAddress {
            MetricsServerAddress(
                host: localAddress?.ipAddress ?? configuration.host,
                port: localAddress?.port ?? configuration.port
            )
        }
    }
#endif
