#if Server
    import Logging
    import NIOCore
    import NIOHTTP1

    /// Answers the requests of one connection, one after the other.
    ///
    /// Lives on the connection's event loop. Requests that a client sends ahead wait in `HTTPServerPipelineHandler`
    /// until the end of the answer before is written, and that is written when its body has left for the network: a
    /// client that asks and does not read holds one piece of a body in memory.
    final class ConnectionHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private enum State {
            /// Between requests.
            case idle
            /// The head has come, the request's end has not. A body is read and dropped.
            case receiving(HTTPRequestHead, bodyLength: Int)
            /// The answer is being made or sent.
            case answering(HTTPRequestHead, Task<Void, Never>?)
            /// The last answer is sent, or the connection is broken: nothing more is answered.
            case closing
        }

        private let responder: ConnectionResponder
        private let limits: MetricsConnectionLimits
        private let logger: Logger
        private let eventLoop: any EventLoop
        private var state = State.idle
        private var context: ChannelHandlerContext?
        /// Set when the client will send no more, or the server ends.
        private var closesWhenIdle = false
        /// Ends the wait for the client: for its request, for it to take a piece, or for it to close its side.
        private var deadline: Scheduled<Void>?

        /// How long a client may take to close its side.
        private static let closeLimit = Duration.seconds(2)

        init(
            responder: ConnectionResponder,
            limits: MetricsConnectionLimits,
            logger: Logger,
            eventLoop: any EventLoop
        ) {
            self.eventLoop = eventLoop
            self.responder = responder
            self.limits = limits
            self.logger = logger
        }

        func handlerAdded(context: ChannelHandlerContext) {
            self.context = context
            setDeadline(limits.requestTime, "no request came in time")
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            self.context = nil
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch (unwrapInboundIn(data), state) {
            case (.head(let head), .idle):
                state = .receiving(head, bodyLength: 0)
                setDeadline(limits.requestTime, "a request's body did not come in time")
                if head.waitsForContinue {
                    let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
                    context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
                }
            case (.body(let part), .receiving(let head, let length)):
                let length = length + part.readableBytes
                if length > limits.bodyLength {
                    // The rest of the body is not read, so the connection has to end.
                    closesAfterAnswer = true
                    answer(head, .text(status: 413, "The request's body is longer than \(limits.bodyLength) bytes."))
                } else {
                    state = .receiving(head, bodyLength: length)
                }
            case (.end, .receiving(let head, _)): answer(head)
            default: break
            }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            switch event {
            case is DrainConnectionEvent, ChannelEvent.inputClosed:
                closesWhenIdle = true
                switch state {
                case .idle, .closing: context.close(promise: nil)
                case .receiving, .answering: break
                }
            default:
                context.fireUserInboundEventTriggered(event)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            // What comes after the last answer is not looked at.
            if case .closing = state { return }
            logger.debug("closing a connection", metadata: ["error": "\(error)"])
            guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
            switch state {
            case .idle, .receiving:
                // Nothing that is still read may be answered.
                state = .closing
                context.write(wrapOutboundOut(.head(HTTPResponseHead(to: error))), promise: nil)
                context.write(wrapOutboundOut(.end(nil)), promise: nil)
                closeOrderly(context: context)
            // The answer that is being sent is the last one.
            case .answering: closesAfterAnswer = true
            case .closing: break
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            if case .answering(_, let task) = state { task?.cancel() }
            state = .closing
            deadline?.cancel()
            context.fireChannelInactive()
        }

        // MARK: Time

        /// Closes the connection where nothing that matters has happened by then.
        private func setDeadline(_ limit: Duration, _ reason: String) {
            deadline?.cancel()
            guard let context else { return }
            let channel = context.channel
            let logger = logger
            deadline = context.eventLoop.scheduleTask(in: TimeAmount(limit)) {
                logger.debug("closing a connection", metadata: ["reason": "\(reason)"])
                channel.close(promise: nil)
            }
        }

        // MARK: Answering

        /// Set where what the client still sends is not read.
        private var closesAfterAnswer = false

        private func answer(_ head: HTTPRequestHead, _ response: MetricsResponse? = nil) {
            guard let context else { return }
            deadline?.cancel()
            let writer = ResponseWriter(NIOLoopBound(self, eventLoop: context.eventLoop), on: context.eventLoop)
            if let response {
                state = .answering(head, nil)
                sendWhole(response).whenFailure { _ in }
                return
            }
            let remoteAddress = context.channel.remoteAddress
            if let response = responder.immediateAnswer(to: head, from: remoteAddress) {
                state = .answering(head, nil)
                sendWhole(response).whenFailure { _ in }
                return
            }
            let task = Task(executorPreference: responder.executor) { [responder] in
                await responder.answer(head, with: writer)
            }
            state = .answering(head, task)
        }

        /// Sends an answer whose body is there as a whole.
        func sendWhole(_ response: MetricsResponse) -> EventLoopFuture<Void> {
            guard let (context, keepsAlive) = sendHead(response.status, response.headers) else { return gone() }
            let sent = context.eventLoop.makePromise(of: Void.self)
            if response.body.isEmpty {
                context.flush()
                sent.succeed()
            } else {
                write(response.body, context: context, promise: sent)
            }
            // A body of a known length needs no end, and what a client sent behind its last request then gets no answer.
            return finishing(sent.futureResult, keepsAlive: keepsAlive, endsBody: false, context: context)
        }

        /// Sends the head and the first piece of a long answer.
        func beginPieces(
            status: Int,
            headers: [(name: String, value: String)],
            _ piece: [UInt8]
        ) -> EventLoopFuture<Void> {
            guard let (context, _) = sendHead(status, headers) else { return gone() }
            context.flush()
            return piece.isEmpty ? context.eventLoop.makeSucceededVoidFuture() : sendPiece(piece)
        }

        /// Sends one more piece.
        func sendPiece(_ piece: [UInt8]) -> EventLoopFuture<Void> {
            guard let context, case .answering = state else { return gone() }
            let sent = context.eventLoop.makePromise(of: Void.self)
            write(piece, context: context, promise: sent)
            return sent.futureResult
        }

        /// Ends a long answer.
        func endPieces() -> EventLoopFuture<Void> {
            guard let context, case .answering(let head, _) = state else { return gone() }
            let written = context.eventLoop.makeSucceededVoidFuture()
            return finishing(written, keepsAlive: keepsAlive(head), endsBody: true, context: context)
        }

        /// Closes the connection as it stands.
        func abort() {
            context?.close(promise: nil)
        }

        private func keepsAlive(_ head: HTTPRequestHead) -> Bool {
            head.isKeepAlive && !head.asksForAnotherProtocol && !closesWhenIdle && !closesAfterAnswer
        }

        private func sendHead(
            _ status: Int,
            _ headers: [(name: String, value: String)]
        ) -> (ChannelHandlerContext, keepsAlive: Bool)? {
            guard let context, case .answering(let request, _) = state else { return nil }
            let keepsAlive = keepsAlive(request)
            let head = HTTPResponseHead(status: status, headers, to: request, keepsAlive: keepsAlive)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            return (context, keepsAlive)
        }

        private func write(_ bytes: [UInt8], context: ChannelHandlerContext, promise: EventLoopPromise<Void>) {
            setDeadline(limits.writeTime, "the client did not take an answer off the network in time")
            let body = context.channel.allocator.buffer(bytes: bytes)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))), promise: promise)
            promise.futureResult.assumeIsolated().whenComplete { [self] _ in deadline?.cancel() }
        }

        /// When the body is sent: ends the answer, and goes on or closes.
        private func finishing(
            _ sent: EventLoopFuture<Void>,
            keepsAlive: Bool,
            endsBody: Bool,
            context: ChannelHandlerContext
        ) -> EventLoopFuture<Void> {
            sent.assumeIsolated().map { [self] in
                guard case .answering = state else { return }
                guard keepsAlive, !closesWhenIdle else {
                    state = .closing
                    if endsBody { context.write(wrapOutboundOut(.end(nil)), promise: nil) }
                    return closeOrderly(context: context)
                }
                // Before the end is written, since that may deliver the next request.
                state = .idle
                setDeadline(limits.idleTime, "no further request came in time")
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }.flatMapErrorThrowing { [self] error in
                errorCaught(context: context, error: error)
                throw error
            }.nonisolated()
        }

        private func gone() -> EventLoopFuture<Void> {
            eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }

        /// Closes the sending side, and the rest when the client has read all and closes its own.
        ///
        /// Closing at once while something that the client sent is not read makes the system reset the connection,
        /// and a reset throws away what is still on its way to the client (RFC 9112, section 9.6).
        private func closeOrderly(context: ChannelHandlerContext) {
            state = .closing
            if closesWhenIdle {
                context.flush()
                return context.close(promise: nil)
            }
            setDeadline(Self.closeLimit, "the client did not close its side in time")
            context.flush()
            context.close(mode: .output, promise: nil)
        }
    }
#endif
