#if Redis
    import MetricsRuntime
    import NIOCore
    import NIOTLS

    /// Matches replies with the commands that were sent, on one connection.
    ///
    /// Lives on the connection's event loop. After any failure the connection is closed: a reply that comes late must
    /// not be taken for that of a later command.
    final class RedisConnectionHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        /// Commands whose replies are not all there.
        private struct Batch {
            let count: Int
            var replies: [RESPValue] = []
            let promise: EventLoopPromise<[RESPValue]>
            let deadline: Scheduled<Void>
        }

        private let address: RedisSettings.Address
        private var parser = RESPParser()
        private var batches = CircularBuffer<Batch>()
        private var context: ChannelHandlerContext?
        private var failure: RedisError?
        /// Whether the connection is encrypted, or need not be.
        private var isSecure: Bool

        init(address: RedisSettings.Address, awaitsTLS: Bool) {
            self.address = address
            isSecure = !awaitsTLS
        }

        /// Sends commands; the promise gets their replies, or why there are none.
        func send(_ pipeline: RESPPipeline, within limit: TimeAmount, promise: EventLoopPromise<[RESPValue]>) {
            guard pipeline.count > 0 else { return promise.succeed([]) }
            guard let context, failure == nil else {
                return promise.fail(failure ?? RedisError(.closed, server: address))
            }
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            let deadline = context.eventLoop.scheduleTask(in: limit) {
                bound.value.fail(.timeout, "no answer within \(limit.nanoseconds / 1_000_000) ms")
            }
            batches.append(Batch(count: pipeline.count, promise: promise, deadline: deadline))
            context.writeAndFlush(wrapOutboundOut(pipeline.bytes), promise: nil)
        }

        /// Ends the connection; whoever waits is told why.
        func fail(_ code: RedisError.Code, _ detail: String) {
            guard failure == nil else { return }
            // Who does not like our certificate, or speaks no TLS, may just hang up.
            let error = RedisError(code == .closed && !isSecure ? .tls : code, server: address, detail)
            failure = error
            let waiting = batches
            batches.removeAll()
            for batch in waiting {
                batch.deadline.cancel()
                batch.promise.fail(error)
            }
            context?.close(promise: nil)
        }

        func handlerAdded(context: ChannelHandlerContext) {
            self.context = context
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            fail(.closed, "")
            self.context = nil
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { isSecure = true }
            context.fireUserInboundEventTriggered(event)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            parser.append(unwrapInboundIn(data).readableBytesView)
            do throws(RESPViolation) {
                while failure == nil, let reply = try parser.next() { take(reply) }
            } catch {
                fail(.violation, error.description)
            }
        }

        private func take(_ reply: RESPValue) {
            if case .push = reply { return }
            guard let first = batches.indices.first else {
                return fail(.violation, "a reply came that nothing was asked for")
            }
            batches[first].replies.append(reply)
            guard batches[first].replies.count == batches[first].count else { return }
            let batch = batches.removeFirst()
            batch.deadline.cancel()
            batch.promise.succeed(batch.replies)
        }

        func channelInactive(context: ChannelHandlerContext) {
            fail(.closed, "")
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            fail(RedisConnector.isTLS(error) ? .tls : .closed, "\(error)")
        }
    }
#endif
