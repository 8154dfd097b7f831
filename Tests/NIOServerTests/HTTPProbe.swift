#if Server
    import NIOCore
    import NIOPosix

    /// A client of one request.
    enum HTTPProbe {
        /// Everything that the server sends until it closes the connection.
        static func get(port: Int, _ target: String) async throws -> String {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(
                    ByteBuffer(string: "GET \(target) HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
                )
                var all = ByteBuffer()
                for try await var part in inbound { all.writeBuffer(&part) }
                return String(buffer: all)
            }
        }
    }
#endif
