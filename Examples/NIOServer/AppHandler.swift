#if Server
    import NIOCore
    import NIOHTTP1

    /// The app: knows nothing of metrics.
    final class AppHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        /// The largest body that is taken, in bytes.
        private static let bodyLimit = 1 << 20

        private var head: HTTPRequestHead?
        private var body = ByteBuffer()
        private var length = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
                length = 0
            case .body(var bytes):
                length += bytes.readableBytes
                if length <= Self.bodyLimit { body.writeBuffer(&bytes) }
            case .end:
                guard let head else { return }
                self.head = nil
                answer(head, context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
            guard length <= Self.bodyLimit else {
                return send(.payloadTooLarge, ByteBuffer(string: "Too long.\n"), to: head, context)
            }
            switch Route(target: head.uri) {
            case .hello(let name): send(.ok, ByteBuffer(string: "Hello, \(name).\n"), to: head, context)
            case .echo: send(.ok, body, to: head, context)
            case .unmatched: send(.notFound, ByteBuffer(string: "Not found.\n"), to: head, context)
            }
        }

        private func send(
            _ status: HTTPResponseStatus,
            _ body: ByteBuffer,
            to request: HTTPRequestHead,
            _ context: ChannelHandlerContext
        ) {
            let headers: HTTPHeaders = [
                "Content-Type": "text/plain; charset=utf-8", "Content-Length": String(body.readableBytes),
                "Connection": request.isKeepAlive ? "keep-alive" : "close",
            ]
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if request.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            let sent = context.writeAndFlush(wrapOutboundOut(.end(nil)))
            if !request.isKeepAlive { sent.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
        }
    }
#endif
