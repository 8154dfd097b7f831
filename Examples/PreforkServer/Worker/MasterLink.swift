#if Server
    import NIOCore
    import NIOPosix

    /// A worker's end of the link to its master: tells that the worker is ready and alive, and learns when the master
    /// has gone.
    ///
    /// Belongs to one event loop.
    final class MasterLink: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let heartbeat: Duration
        private let whenGone: () -> Void
        private var beats: RepeatedTask?

        /// Creates the handler.
        ///
        /// - Parameters:
        ///   - heartbeat: The time between two signs of life.
        ///   - whenGone: Called once, when nobody holds the other end any more.
        init(heartbeat: Duration, whenGone: @escaping () -> Void) {
            self.heartbeat = heartbeat
            self.whenGone = whenGone
        }

        /// Tells the master that requests are answered from now on, and goes on telling that the loop turns.
        ///
        /// The signs of life come from the loop that answers the requests: one that is stuck falls silent.
        func start(on channel: any Channel) {
            Self.send(.ready, on: channel)
            let interval = TimeAmount(heartbeat)
            beats = channel.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                // A master that is stopped does not read; it need not find thousands of bytes when it goes on.
                if channel.isWritable { Self.send(.heartbeat, on: channel) }
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            beats?.cancel()
            whenGone()
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private static func send(_ message: WorkerMessage, on channel: any Channel) {
            channel.writeAndFlush(ByteBuffer(integer: message.rawValue), promise: nil)
        }
    }
#endif
