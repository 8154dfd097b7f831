#if Server
    import NIOCore
    import NIOHTTP1
    import Synchronization

    /// Answers the requests of one connection and records each of them, before its answer is sent.
    ///
    /// So what a client has seen answered is counted, even where the worker is killed a moment later.
    final class OrderHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        /// The largest body that this process has seen.
        private static let largest = Mutex(0)

        private var head: HTTPRequestHead?
        private var start = NIODeadline.now()
        private var size = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                start = .now()
                size = 0
            case .body(let bytes):
                size += bytes.readableBytes
            case .end:
                guard let head else { return }
                self.head = nil
                answer(head, context: context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
            // An order without anything in it is refused.
            let outcome: Outcome = size > 0 ? .accepted : .refused
            let route = Self.route(of: head.uri)
            Requests.inc(runtime: .swift, route: route, outcome: outcome)
            RequestDuration.observe(Duration(NIODeadline.now() - start), runtime: .swift, route: route)
            OrderSize.observe(Double(size), runtime: .swift)
            let size = self.size
            Self.largest.withLock { largest in
                guard size > largest else { return }
                largest = size
                LargestOrder.set(Double(size), runtime: .swift)
            }

            let body = ByteBuffer(string: outcome.value + "\n")
            var response = HTTPResponseHead(version: .http1_1, status: size > 0 ? .ok : .unprocessableEntity)
            response.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
            context.write(wrapOutboundOut(.head(response)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        private static func route(of target: String) -> String {
            switch target.split(separator: "/").first {
            case "orders": "/orders/{id}"
            case "returns": "/returns/{id}"
            default: "unmatched"
            }
        }
    }
#endif
