#if Server
    import NIOCore
    import NIOHTTP1

    /// Records the requests of one connection, whatever answers them: add it behind the HTTP handlers and in front of the
    /// app's.
    ///
    /// ```swift
    /// try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: true)
    /// try channel.pipeline.syncOperations.addHandler(HTTPMetricsHandler { Route(target: $0.uri).template })
    /// try channel.pipeline.syncOperations.addHandler(App())
    /// ```
    ///
    /// Needs the pipelining assistance: one request is answered before the next one comes.
    final class HTTPMetricsHandler: ChannelDuplexHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias InboundOut = HTTPServerRequestPart
        typealias OutboundIn = HTTPServerResponsePart
        typealias OutboundOut = HTTPServerResponsePart

        private let route: @Sendable (HTTPRequestHead) -> String
        private var record: RequestRecord?

        /// Creates a handler.
        ///
        /// - Parameter route: The template of the route that answers a request; one text for all that nothing answers.
        init(route: @escaping @Sendable (HTTPRequestHead) -> String) {
            self.route = route
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): record = RequestRecord(method: head.method.rawValue, route: route(head))
            case .body(let bytes): record?.received(bytes.readableBytes)
            case .end: break
            }
            context.fireChannelRead(data)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            switch unwrapOutboundIn(data) {
            case .head(let head) where head.status.code >= 200: record?.answered(status: Int(head.status.code))
            case .head: break
            case .body(let bytes): record?.sent(bytes.readableBytes)
            case .end:
                // The next request has a record of its own, even where it comes while this end is written.
                guard let record else { break }
                self.record = nil
                let written = promise ?? context.eventLoop.makePromise()
                written.futureResult.whenComplete { _ in record.end() }
                return context.write(data, promise: written)
            }
            context.write(data, promise: promise)
        }

        func channelInactive(context: ChannelHandlerContext) {
            // A client that went away before it had its answer.
            record?.end()
            record = nil
            context.fireChannelInactive()
        }
    }
#endif
