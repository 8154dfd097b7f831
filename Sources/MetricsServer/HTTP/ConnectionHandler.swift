#if Server
    import Logging
    import NIOCore
    import NIOHTTP1

    /// Answers the requests of one connection, one after the other.
    ///
    /// Lives on the connection's event loop. Requests that a client sends ahead wait in `HTTPServerPipelineHandler`
    /// until the end of the answer before is written, and that is written when its body has left for the network: a
    /// client that asks and does not read holds one body in memory, not many.
    final class ConnectionHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private enum State {
            /// Between requests.
            case idle
            /// The head has come, the request's end has not. A body is read and dropped.
            case receiving(HTTPRequestHead)
            /// The answer is being made or sent.
            case answering(Task<Void, Never>?)
            /// The last answer is sent, or the connection is broken: nothing more is answered.
            case closing
        }

        private let handler: MetricsHandler
        private let executor: ScrapeExecutor
        private let logger: Logger
        private var state = State.idle
        /// Set when the client will send no more, or the server ends.
        private var closesWhenIdle = false
        /// Ends the wait for a client to close its side.
        private var closeDeadline: Scheduled<Void>?

        /// How long a client may take to close its side.
        private static let closeLimit = TimeAmount.seconds(2)

        init(handler: MetricsHandler, executor: ScrapeExecutor, logger: Logger) {
            self.handler = handler
            self.executor = executor
            self.logger = logger
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch (unwrapInboundIn(data), state) {
            case (.head(let head), .idle):
                state = .receiving(head)
                if head.waitsForContinue {
                    let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
                    context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
                }
            case (.end, .receiving(let head)): answer(head, context: context)
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
            guard error is HTTPParserError else { return context.close(promise: nil) }
            // `HTTPServerProtocolErrorHandler` has answered with 400 already.
            closeOrderly(context: context)
        }

        func channelInactive(context: ChannelHandlerContext) {
            if case .answering(let task) = state { task?.cancel() }
            state = .closing
            closeDeadline?.cancel()
            context.fireChannelInactive()
        }

        private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
            let request = MetricsRequest(head)
            switch handler.route(request) {
            case .answer(let response):
                state = .answering(nil)
                send(response, to: head, context: context)
            case .exposition:
                let promise = context.eventLoop.makePromise(of: MetricsResponse.self)
                let task = Task(executorPreference: executor) { [handler] in
                    promise.succeed(await handler.exposition(for: request))
                }
                state = .answering(task)
                promise.futureResult.assumeIsolated().whenSuccess { response in
                    self.send(response, to: head, context: context)
                }
            }
        }

        private func send(_ response: MetricsResponse, to request: HTTPRequestHead, context: ChannelHandlerContext) {
            guard case .answering = state else { return }
            let keepsAlive = request.isKeepAlive && !request.asksForAnotherProtocol && !closesWhenIdle
            let head = HTTPResponseHead(response, to: request, keepsAlive: keepsAlive)
            let sent = context.eventLoop.makePromise(of: Void.self)
            if response.body.isEmpty {
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: sent)
            } else {
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                let body = context.channel.allocator.buffer(bytes: response.body)
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))), promise: sent)
            }
            sent.futureResult.assumeIsolated().whenComplete { result in
                self.finish(result, keepsAlive: keepsAlive, context: context)
            }
        }

        private func finish(_ result: Result<Void, any Error>, keepsAlive: Bool, context: ChannelHandlerContext) {
            guard case .answering = state else { return }
            if case .failure(let error) = result { return errorCaught(context: context, error: error) }
            guard keepsAlive, !closesWhenIdle else { return closeOrderly(context: context) }
            // Before the end is written, since that may deliver the next request.
            state = .idle
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        /// Closes the sending side, and the rest when the client has read all and closes its own.
        ///
        /// Closing at once while something that the client sent is not read makes the system reset the connection,
        /// and a reset throws away what is still on its way to the client (RFC 9112, section 9.6).
        private func closeOrderly(context: ChannelHandlerContext) {
            state = .closing
            if closesWhenIdle { return context.close(promise: nil) }
            let channel = context.channel
            closeDeadline = context.eventLoop.scheduleTask(in: Self.closeLimit) { channel.close(promise: nil) }
            context.close(mode: .output, promise: nil)
        }
    }
#endif
