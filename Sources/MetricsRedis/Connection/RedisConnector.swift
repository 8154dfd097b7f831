#if Redis
    import MetricsRuntime
    import NIOCore
    import NIOPosix
    import NIOSSL

    /// Opens connections and logs in.
    struct RedisConnector: Sendable {
        let settings: RedisSettings
        /// How long connecting and logging in may take together.
        let limit: Duration
        let group: any EventLoopGroup
        private let tls: Result<NIOSSLContext?, RedisError>

        /// Reads the files of certificates; what is wrong with them is reported by ``connect(to:)``.
        init(
            settings: RedisSettings,
            limit: Duration,
            group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
        ) {
            self.settings = settings
            self.limit = limit
            self.group = group
            tls = Result { () throws(RedisError) in try Self.makeContext(settings) }
        }

        /// A connection on which everything is ready for commands.
        ///
        /// - Parameter address: Where to, if not to where the settings say.
        func connect(to address: RedisSettings.Address?) async throws(RedisError) -> RedisConnection {
            let address = address ?? settings.address
            let clock = ContinuousClock()
            let deadline = clock.now + limit
            let connection = try await open(address)
            do throws(RedisError) {
                try await prepare(connection, within: max(deadline - clock.now, .milliseconds(1)))
            } catch {
                connection.close()
                throw error
            }
            return connection
        }

        private func open(_ address: RedisSettings.Address) async throws(RedisError) -> RedisConnection {
            let context = try tls.get()
            let loop = group.next()
            let result = loop.makePromise(of: RedisConnection.self)
            let bootstrap = ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(limit))
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let context {
                            try channel.pipeline.syncOperations.addHandler(Self.tlsHandler(context, address))
                        }
                        try channel.pipeline.syncOperations.addHandler(
                            RedisConnectionHandler(address: address, awaitsTLS: context != nil)
                        )
                    }
                }
            let channel =
                switch address {
                case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
                case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
                }
            // Finding a host's address has no limit of its own, and cannot be stopped.
            let deadline = loop.scheduleTask(in: TimeAmount(limit)) {
                result.fail(RedisError(.unreachable, server: address, "no connection within \(limit)"))
            }
            channel.whenComplete { outcome in
                deadline.cancel()
                switch outcome {
                case .success(let channel):
                    do {
                        let handler = try channel.pipeline.syncOperations.handler(type: RedisConnectionHandler.self)
                        let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                        result.succeed(RedisConnection(channel: channel, handler: bound, address: address))
                    } catch {
                        // The handler is gone because the other side is.
                        channel.close(promise: nil)
                        result.fail(RedisError(context == nil ? .closed : .tls, server: address))
                    }
                case .failure(let error):
                    let code: RedisError.Code = Self.isTLS(error) ? .tls : .unreachable
                    result.fail(RedisError(code, server: address, "\(error)"))
                }
            }
            do {
                let connection = try await result.futureResult.get()
                return connection
            } catch let error as RedisError {
                // What comes about too late is not left open.
                channel.whenSuccess { $0.close(promise: nil) }
                throw error
            } catch {
                throw RedisError(.unreachable, server: address, "\(error)")
            }
        }

        /// Logs in and chooses protocol and database: all in one round trip.
        private func prepare(_ connection: RedisConnection, within limit: Duration) async throws(RedisError) {
            var pipeline = RESPPipeline()
            var mandatory: [Bool] = []
            // Not as a part of HELLO: a server that does not know that command quotes its words, the password too.
            if let user = settings.user {
                // A user of no password takes any.
                pipeline.append("AUTH", user, settings.password?.clearText ?? "")
                mandatory.append(true)
            } else if let password = settings.password {
                pipeline.append("AUTH", password.clearText)
                mandatory.append(true)
            }
            // Both versions of the protocol are understood, so a server that knows the old one alone will do.
            pipeline.append("HELLO", "3")
            pipeline.append("CLIENT", "SETNAME", "metrics")
            mandatory += [false, false]
            if settings.database != 0 {
                pipeline.append("SELECT", String(settings.database))
                mandatory.append(true)
            }
            let replies = try await connection.send(pipeline, within: limit)
            for (reply, isMandatory) in zip(replies, mandatory) {
                guard let refusal = reply.refusal else { continue }
                if isMandatory || refusal.hasPrefix("NOAUTH") {
                    throw RedisError(refusal: refusal, server: connection.address)
                }
            }
        }

        // MARK: TLS

        private static func makeContext(_ settings: RedisSettings) throws(RedisError) -> NIOSSLContext? {
            guard let tls = settings.tls else { return nil }
            do {
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.minimumTLSVersion = .tlsv12
                if let file = tls.authoritiesFile { configuration.trustRoots = .file(file) }
                if let file = tls.certificateFile, let key = tls.keyFile {
                    configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) }
                    configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
                }
                if !tls.verifiesServer { configuration.certificateVerification = .none }
                return try NIOSSLContext(configuration: configuration)
            } catch {
                let files = [tls.authoritiesFile, tls.certificateFile, tls.keyFile].compactMap { $0 }
                throw RedisError(.configuration, server: settings.address, "\(files.joined(separator: ", ")): \(error)")
            }
        }

        private static func tlsHandler(
            _ context: NIOSSLContext,
            _ address: RedisSettings.Address
        ) throws -> NIOSSLClientHandler {
            switch address {
            case .unixSocket: return try NIOSSLClientHandler(context: context, serverHostname: nil)
            case .tcp(let host, _):
                // A name is sent and checked; for an address the certificate must name the address itself.
                let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
                return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
            }
        }

        /// Whether an error is one of encryption.
        static func isTLS(_ error: any Error) -> Bool {
            error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError
        }
    }
#endif
