#if Redis
    import MetricsRuntime
    import NIOCore

    /// One open connection to a Redis. Any task may use it; what several send at once is answered in turn.
    struct RedisConnection: Sendable {
        private let channel: any Channel
        private let handler: NIOLoopBound<RedisConnectionHandler>
        /// What the connection was made to.
        let address: RedisSettings.Address

        /// Wraps a channel whose pipeline has the handler.
        init(channel: any Channel, handler: NIOLoopBound<RedisConnectionHandler>, address: RedisSettings.Address) {
            self.channel = channel
            self.handler = handler
            self.address = address
        }

        /// Whether commands can be sent.
        var isOpen: Bool { channel.isActive }

        /// Sends commands and waits for all replies; refusals are among them.
        ///
        /// Cancelling the task does not cut this short, since others may use the connection; the limit does.
        func send(_ pipeline: RESPPipeline, within limit: Duration) async throws(RedisError) -> [RESPValue] {
            let promise = channel.eventLoop.makePromise(of: [RESPValue].self)
            channel.eventLoop.execute { [handler] in
                handler.value.send(pipeline, within: TimeAmount(limit), promise: promise)
            }
            do {
                return try await promise.futureResult.get()
            } catch let error as RedisError {
                throw error
            } catch {
                throw RedisError(.closed, server: address, "\(error)")
            }
        }

        /// Closes the connection; who waits for replies gets an error.
        func close() {
            channel.close(promise: nil)
        }
    }
#endif
