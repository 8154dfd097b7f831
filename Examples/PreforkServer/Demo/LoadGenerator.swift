#if Server
    import NIOHTTP1
    import Synchronization

    /// Sends requests to every route, on several connections at once, and counts what becomes of them.
    final class LoadGenerator: Sendable {
        /// How many requests there were.
        struct Counts: Sendable, Hashable {
            /// Requests of which at least a byte may have reached the server.
            var sent = 0
            /// Requests whose answer arrived completely.
            var answered = 0
            /// Connections that ended before an answer was complete, or could not be opened.
            var broken = 0
            /// Answers that say that the request failed, status 500 and above.
            var failed = 0
        }

        private let address: ServerAddress
        private let pause: Duration
        private let state = Mutex(Counts())

        /// Creates a generator; nothing is sent before ``run(connections:)``.
        ///
        /// - Parameters:
        ///   - address: The server.
        ///   - pause: The time between two requests of one connection, which bounds the load.
        init(_ address: ServerAddress, pause: Duration) {
            self.address = address
            self.pause = pause
        }

        /// How many requests there were until now.
        var counts: Counts { state.withLock { $0 } }

        /// Sends requests until the task is cancelled.
        func run(connections: Int) async {
            await withTaskGroup { group in
                for number in 0..<connections {
                    group.addTask { await self.runConnection(number) }
                }
            }
        }

        /// The requests of one round, and how often each comes in it.
        private static let round: [(method: HTTPMethod, target: String, body: String)] = [
            (.GET, "/fast", ""), (.GET, "/fast", ""), (.GET, "/fast", ""), (.GET, "/fast", ""),
            (.POST, "/echo", String(repeating: "echo ", count: 1000)),
            (.GET, "/fast", ""), (.GET, "/slow?milliseconds=150", ""), (.GET, "/fail/request", ""),
            (.GET, "/fast", ""), (.GET, "/worker", ""), (.GET, "/fail/memory", ""), (.GET, "/nothing/here", ""),
            (.GET, "/fast", ""), (.GET, "/fail/timeout", ""), (.HEAD, "/fast", ""), (.GET, "/fail/cpu", ""),
        ]

        private func runConnection(_ number: Int) async {
            // Each connection begins elsewhere in the round, so that at any time different routes are at work.
            var next = number * 5
            while !Task.isCancelled {
                do {
                    try await HTTPConnection.with(address) { connection in
                        while !Task.isCancelled {
                            let request = Self.round[next % Self.round.count]
                            next += 1
                            self.state.withLock { $0.sent += 1 }
                            let response = try await connection.send(request.method, request.target, body: request.body)
                            self.state.withLock { counts in
                                counts.answered += 1
                                if response.status >= 500 { counts.failed += 1 }
                            }
                            if response.closes { return }
                            try await Task.sleep(for: self.pause)
                        }
                    }
                } catch {
                    if Task.isCancelled { return }
                    state.withLock { $0.broken += 1 }
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }
#endif
