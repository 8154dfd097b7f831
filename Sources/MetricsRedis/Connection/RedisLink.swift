#if Redis
    import MetricsRuntime

    /// Keeps one connection to a Redis: opens it when it is needed, and again after it broke.
    ///
    /// Between attempts that fail there are pauses that grow, with a random part, so that a fleet does not come back at
    /// one moment. In a pause, sending fails at once with the last error.
    actor RedisLink {
        private let connector: RedisConnector
        private let limit: Duration
        private let longestPause: Duration
        private let clock = ContinuousClock()

        private var connection: RedisConnection?
        private var openedAt: ContinuousClock.Instant?
        private var attempt: Task<Result<RedisConnection, RedisError>, Never>?
        private var isShutDown = false
        private var failures = 0
        private var pause: (until: ContinuousClock.Instant, error: RedisError)?
        /// The node of a cluster that has our keys, where another one said so.
        private var redirection: RedisSettings.Address?

        /// Nothing is opened yet.
        ///
        /// - Parameters:
        ///   - connector: Opens connections.
        ///   - limit: How long replies may take.
        ///   - longestPause: The bound on pauses between attempts.
        init(connector: RedisConnector, limit: Duration, longestPause: Duration) {
            self.connector = connector
            self.limit = limit
            self.longestPause = longestPause
        }

        /// Sends commands and gives their replies; refusals are among them.
        ///
        /// - Parameter limit: How long the replies may take, where not as long as usual.
        func send(_ pipeline: RESPPipeline, within limit: Duration? = nil) async throws(RedisError) -> [RESPValue] {
            let connection = try await open()
            let replies: [RESPValue]
            do throws(RedisError) {
                replies = try await connection.send(pipeline, within: limit ?? self.limit)
            } catch {
                drop(connection)
                throw error
            }
            for reply in replies {
                guard let refusal = reply.refusal else { continue }
                if refusal.hasPrefix("MOVED ") {
                    redirection = Self.node(in: refusal)
                    drop(connection)
                }
            }
            return replies
        }

        /// For how long there has been this one connection; zero where there is none.
        var age: Duration {
            guard let connection, connection.isOpen, let openedAt else { return .zero }
            return clock.now - openedAt
        }

        /// Closes the connection; the next command opens another one.
        func close() {
            connection?.close()
            connection = nil
        }

        /// Closes the connection for good: from now on nothing is sent.
        func shutDown() {
            isShutDown = true
            close()
        }

        private func open() async throws(RedisError) -> RedisConnection {
            guard !isShutDown else { throw RedisError(.closed, server: connector.settings.address, "by this side") }
            if let connection, connection.isOpen { return connection }
            connection = nil
            if attempt == nil, let pause, clock.now < pause.until { throw pause.error }
            let attempt = self.attempt ?? begin()
            // Unstructured, so that who is cancelled leaves the attempt to the others.
            switch await attempt.value {
            case .success(let opened):
                guard !isShutDown else {
                    opened.close()
                    throw RedisError(.closed, server: connector.settings.address, "by this side")
                }
                return opened
            case .failure(let error): throw error
            }
        }

        private func begin() -> Task<Result<RedisConnection, RedisError>, Never> {
            let task = Task { () -> Result<RedisConnection, RedisError> in
                let result: Result<RedisConnection, RedisError>
                do throws(RedisError) {
                    result = .success(try await connector.connect(to: redirection))
                } catch {
                    result = .failure(error)
                }
                finish(result)
                return result
            }
            attempt = task
            return task
        }

        private func finish(_ result: Result<RedisConnection, RedisError>) {
            attempt = nil
            switch result {
            case .success(let opened):
                connection = opened
                openedAt = clock.now
                failures = 0
                pause = nil
            case .failure(let error):
                // The node that another one named may be gone as well.
                redirection = nil
                failures += 1
                let full = min(Duration.milliseconds(100) * (1 << min(failures - 1, 10)), longestPause)
                pause = (clock.now + full * Double.random(in: 0.5...1), error)
            }
        }

        private func drop(_ broken: RedisConnection) {
            broken.close()
            connection = nil
        }

        /// The address in `MOVED 3999 127.0.0.1:6381`; `nil` where there is none.
        static func node(in refusal: String) -> RedisSettings.Address? {
            let words = refusal.split(separator: " ")
            guard words.count == 3, let colon = words[2].lastIndex(of: ":"),
                let port = Int(words[2][words[2].index(after: colon)...]), (1...65535).contains(port)
            else { return nil }
            let host = words[2][..<colon]
            return host.isEmpty ? nil : .tcp(host: String(host), port: port)
        }
    }
#endif
