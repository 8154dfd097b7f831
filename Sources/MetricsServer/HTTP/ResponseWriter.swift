#if Server
    import NIOCore

    /// Hands an answer to its connection from a scrape's own thread, one part at a time.
    ///
    /// Each call returns when its bytes have left for the network, so a client that does not read holds one piece of a body
    /// in memory, and throws when the connection is gone.
    struct ResponseWriter: Sendable {
        private let connection: NIOLoopBound<ConnectionHandler>
        private let eventLoop: any EventLoop

        init(_ connection: NIOLoopBound<ConnectionHandler>, on eventLoop: any EventLoop) {
            self.connection = connection
            self.eventLoop = eventLoop
        }

        /// Sends an answer whose body is there as a whole.
        func send(_ response: MetricsResponse) async throws {
            try await perform { $0.sendWhole(response) }
        }

        /// Sends an answer's head and the first piece of its body.
        func begin(status: Int, headers: [(name: String, value: String)], piece: [UInt8]) async throws {
            try await perform { $0.beginPieces(status: status, headers: headers, piece) }
        }

        /// Sends one more piece of the body.
        func append(_ piece: [UInt8]) async throws {
            guard !piece.isEmpty else { return }
            try await perform { $0.sendPiece(piece) }
        }

        /// Ends the body.
        func end() async throws {
            try await perform { $0.endPieces() }
        }

        /// Closes the connection without an end of the body, so that the client knows that it lacks something.
        func abort() {
            eventLoop.execute { connection.value.abort() }
        }

        private func perform(_ work: @escaping @Sendable (ConnectionHandler) -> EventLoopFuture<Void>) async throws {
            try await eventLoop.flatSubmit { work(connection.value) }.get()
        }
    }
#endif
