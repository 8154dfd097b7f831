#if Server
    import NIOCore
    import NIOHTTP1
    import NIOPosix

    /// A connection of a client that sends one request after the other.
    struct HTTPConnection {
        /// The end of a connection before its answer was complete.
        struct Ended: Error, CustomStringConvertible {
            var description: String { "the connection ended before the answer was complete" }
        }

        /// What a server answered.
        struct Response: Sendable {
            /// The status code.
            let status: Int
            /// The headers.
            let headers: HTTPHeaders
            /// The body as text.
            let body: String
            /// Whether the server wants no more requests on this connection.
            let closes: Bool
        }

        private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
        private var answers: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
        private let requests: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

        /// Opens a connection for the time of `body`.
        static func with<Result: Sendable>(
            _ address: ServerAddress,
            _ body: (inout HTTPConnection) async throws -> Result
        ) async throws -> Result {
            let channel: Channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(60))
                .connect(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                var connection = HTTPConnection(answers: inbound.makeAsyncIterator(), requests: outbound)
                return try await body(&connection)
            }
        }

        /// One request on a connection of its own.
        static func request(_ address: ServerAddress, _ method: HTTPMethod, _ target: String) async throws
            -> Response
        {
            try await with(address) { try await $0.send(method, target, headers: ["Connection": "close"]) }
        }

        /// Sends a request and waits for the whole answer.
        ///
        /// - Throws: ``Ended``, or what the system said, where the connection ends before the answer is complete.
        ///   Whether the server has handled the request is not known then.
        mutating func send(
            _ method: HTTPMethod,
            _ target: String,
            headers: HTTPHeaders = [:],
            body: String = ""
        ) async throws -> Response {
            try await begin(method, target, headers: headers, body: body)
            return try await response()
        }

        /// Sends a request, of which ``response()`` gives the answer.
        func begin(
            _ method: HTTPMethod,
            _ target: String,
            headers: HTTPHeaders = [:],
            body: String = ""
        ) async throws {
            var head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)
            head.headers.add(name: "Host", value: "localhost")
            if !body.isEmpty { head.headers.add(name: "Content-Length", value: "\(body.utf8.count)") }
            var parts: [HTTPClientRequestPart] = [.head(head)]
            if !body.isEmpty { parts.append(.body(.byteBuffer(ByteBuffer(string: body)))) }
            parts.append(.end(nil))
            try await requests.write(contentsOf: parts)
        }

        /// Waits for the whole answer to the oldest request that has none yet.
        mutating func response() async throws -> Response {
            var answer: HTTPResponseHead?
            var text = ByteBuffer()
            while let part = try await answers.next() {
                switch part {
                case .head(let head): answer = head
                case .body(var bytes): text.writeBuffer(&bytes)
                case .end:
                    guard let answer else { continue }
                    return Response(
                        status: Int(answer.status.code),
                        headers: answer.headers,
                        body: String(buffer: text),
                        closes: !answer.isKeepAlive
                    )
                }
            }
            throw Ended()
        }
    }
#endif
