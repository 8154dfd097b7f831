#if Server
    import MetricsRuntime
    import NIOCore
    import NIOHTTP1
    import NIOPosix
    import WorkerMetrics

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Answers the requests of one connection, one after the other, and records each of them.
    final class RequestHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        /// The largest body that is taken, in bytes.
        static let bodyLimit = 1 << 20
        /// The processor time that `/fail/cpu` may take.
        static let cpuLimit = Duration.milliseconds(20)
        /// The deadline of the work behind `/fail/timeout`.
        static let timeoutLimit = Duration.milliseconds(50)

        private struct Exchange {
            let head: HTTPRequestHead
            let route: Route
            let start: NIODeadline
            var body = ByteBuffer()
            var bodyBytes = 0
            var timer: Scheduled<Void>?
        }

        private enum State {
            case idle
            case reading(Exchange)
            case answering(Exchange)
            case closing
        }

        private var state = State.idle
        private let metrics: RequestMetrics
        private let tracker: ConnectionTracker

        init(metrics: RequestMetrics, tracker: ConnectionTracker) {
            self.metrics = metrics
            self.tracker = tracker
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch (unwrapInboundIn(data), state) {
            case (.head(let head), .idle):
                state = .reading(Exchange(head: head, route: Route(target: head.uri), start: RequestMetrics.begin()))
            case (.body(var bytes), .reading(var exchange)):
                exchange.bodyBytes += bytes.readableBytes
                if exchange.route == .echo, exchange.bodyBytes <= Self.bodyLimit { exchange.body.writeBuffer(&bytes) }
                state = .reading(exchange)
            case (.end, .reading(let exchange)):
                state = .answering(exchange)
                answer(exchange, context: context)
            default:
                // The handler for pipelining holds a second request back until the first is answered.
                break
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            if case .answering(let exchange) = state {
                // The client has gone, the request has been handled all the same.
                exchange.timer?.cancel()
                record(exchange, responseBytes: 0)
            }
            state = .closing
            context.fireChannelInactive()
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is IdleStateHandler.IdleStateEvent {
                // A client that takes its time for a request, not one that waits for its answer.
                if case .answering = state { return }
                context.close(promise: nil)
            } else {
                context.fireUserInboundEventTriggered(event)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if error is HTTPParserError {
                metrics.failedBeforeRequest(error, method: "", endpoint: Route.unreadable)
                if case .answering = state {
                } else {
                    state = .closing
                    write(.badRequest, body: ByteBuffer(string: "not HTTP\n"), close: true, context: context)
                    return
                }
            }
            context.close(promise: nil)
        }
    }

    // MARK: - Answers

    extension RequestHandler {
        private func answer(_ exchange: Exchange, context: ChannelHandlerContext) {
            guard exchange.bodyBytes <= Self.bodyLimit else {
                return finish(.payloadTooLarge, "at most \(Self.bodyLimit) bytes\n", context: context)
            }
            guard exchange.route.methods.isEmpty || exchange.route.methods.contains(exchange.head.method) else {
                return finish(.methodNotAllowed, "no such method here\n", context: context)
            }
            switch exchange.route {
            case .fast: finish(.ok, "fast\n", context: context)
            case .echo: finish(.ok, exchange.body, context: context)
            case .worker: finish(.ok, "\(metrics.workerID) pid \(getpid())\n", context: context)
            case .index: finish(.ok, Self.index, context: context)
            case .unmatched: finish(.notFound, "not found\n", context: context)
            case .slow(let time):
                after(min(time, Route.slowLimit), context: context) { context in
                    if time > Route.slowLimit {
                        self.fail(WorkerLimitError.deadlineExceeded(limit: Route.slowLimit), context: context)
                    } else {
                        self.finish(.ok, "slow\n", context: context)
                    }
                }
            case .fail(let failure): fail(failure, context: context)
            }
        }

        private func fail(_ failure: Route.Failure, context: ChannelHandlerContext) {
            switch failure {
            case .request:
                fail(Work.Rejected(), context: context)
            case .timeout:
                after(Self.timeoutLimit, context: context) { context in
                    self.fail(WorkerLimitError.deadlineExceeded(limit: Self.timeoutLimit), context: context)
                }
            case .memory:
                do {
                    try Work.exhaustMemory()
                    finish(.ok, "there is that much memory\n", context: context)
                } catch {
                    fail(error, context: context)
                }
            case .cpu:
                // On another thread: the loop has to answer other connections, and the master's question whether it lives.
                let result = NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) {
                    try Work.compute(limit: Self.cpuLimit)
                }
                result.assumeIsolated().whenComplete { result in
                    switch result {
                    case .success: self.finish(.ok, "done\n", context: context)
                    case .failure(let error): self.fail(error, context: context)
                    }
                }
            }
        }

        /// Goes on after a time, unless the connection is closed before.
        private func after(
            _ time: Duration,
            context: ChannelHandlerContext,
            _ body: @escaping (ChannelHandlerContext) -> Void
        ) {
            guard case .answering(var exchange) = state else { return }
            exchange.timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { body(context) }
            state = .answering(exchange)
        }

        private func fail(_ error: any Error, context: ChannelHandlerContext) {
            guard case .answering(let exchange) = state else { return }
            let method = exchange.head.method.rawValue
            let type = metrics.failed(error, method: method, endpoint: exchange.route.template)
            let status: HTTPResponseStatus =
                switch type {
                case .timeoutError: .gatewayTimeout
                case .memoryError, .cpuError: .serviceUnavailable
                case .requestError, .other: .internalServerError
                }
            finish(status, "\(type.value)\n", context: context)
        }

        private func finish(_ status: HTTPResponseStatus, _ text: String, context: ChannelHandlerContext) {
            finish(status, ByteBuffer(string: text), context: context)
        }

        private func finish(_ status: HTTPResponseStatus, _ body: ByteBuffer, context: ChannelHandlerContext) {
            guard case .answering(let exchange) = state else { return }
            let close = !exchange.head.isKeepAlive || tracker.isDraining
            let isHead = exchange.head.method == .HEAD
            record(exchange, responseBytes: isHead ? 0 : body.readableBytes)
            state = close ? .closing : .idle
            write(status, body: body, isHead: isHead, close: close, context: context)
        }

        private func record(_ exchange: Exchange, responseBytes: Int) {
            metrics.handled(
                since: exchange.start,
                requestBytes: exchange.bodyBytes,
                responseBytes: responseBytes
            )
        }

        private func write(
            _ status: HTTPResponseStatus,
            body: ByteBuffer,
            isHead: Bool = false,
            close: Bool,
            context: ChannelHandlerContext
        ) {
            var head = HTTPResponseHead(version: .http1_1, status: status)
            head.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
            head.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
            if close { head.headers.add(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            guard close else {
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                return
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
        }

        private static let index = """
            GET  /fast                    answers at once
            GET  /slow?milliseconds=250   answers after a while, fails after \(Route.slowLimit)
            GET  /fail/{kind}             fails: \(Route.Failure.allCases.map(\.rawValue).joined(separator: ", "))
            POST /echo                    answers with the body
            GET  /worker                  answers which worker it was

            """
    }
#endif
