#if Server
    import Logging
    import NIOCore

    /// Stops accepting for a moment when the system has no descriptors or memory for another connection.
    ///
    /// The connection that could not be accepted stays in the system's queue, so the event loop is woken for it again at
    /// once. SwiftNIO's own handler for that holds back reads that are asked for, but the channel stays registered for reading
    /// after a failed accept; this takes it out of there.
    final class AcceptPause: ChannelInboundHandler {
        typealias InboundIn = any Channel

        /// Short enough that nobody waits long once there are descriptors again, long enough to cost nothing.
        private static let length = TimeAmount.milliseconds(250)

        private let logger: Logger
        private var resumption: Scheduled<Void>?
        private var hasWarned = false

        init(logger: Logger) {
            self.logger = logger
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if error is IOError, resumption == nil {
                if !hasWarned {
                    hasWarned = true
                    logger.warning("no further connection can be accepted for now", metadata: ["error": "\(error)"])
                }
                let channel = context.channel
                _ = channel.setOption(.autoRead, value: false)
                resumption = context.eventLoop.assumeIsolated().scheduleTask(in: Self.length) { [self] in
                    resumption = nil
                    _ = channel.setOption(.autoRead, value: true)
                }
            }
            context.fireErrorCaught(error)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            // Worth a warning again the next time.
            hasWarned = false
            context.fireChannelRead(data)
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            resumption?.cancel()
            resumption = nil
        }
    }
#endif
