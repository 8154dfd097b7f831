#if Server
    import NIOCore

    /// The open connections of a worker, so that it can finish them.
    ///
    /// Belongs to one event loop.
    final class ConnectionTracker {
        /// Whether the worker is finishing: every answer tells its client to use another connection for the next request.
        private(set) var isDraining = false
        private var channels: [ObjectIdentifier: any Channel] = [:]
        private var whenEmpty: (() -> Void)?

        /// Follows a connection until it is closed.
        func add(_ channel: any Channel) {
            let id = ObjectIdentifier(channel)
            channels[id] = channel
            channel.closeFuture.assumeIsolated().whenComplete { _ in
                self.channels[id] = nil
                self.notify()
            }
        }

        /// Begins to finish; calls back once, when no connection is left.
        func drain(_ whenEmpty: @escaping () -> Void) {
            isDraining = true
            self.whenEmpty = whenEmpty
            notify()
        }

        /// Closes the connections that wait for a request; the others close when they have answered theirs.
        func closeIdle() {
            for channel in channels.values {
                channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            }
        }

        /// Closes every connection, whatever happens on it.
        func closeAll() {
            for channel in channels.values { channel.close(promise: nil) }
        }

        private func notify() {
            guard channels.isEmpty, let whenEmpty else { return }
            self.whenEmpty = nil
            whenEmpty()
        }
    }
#endif
