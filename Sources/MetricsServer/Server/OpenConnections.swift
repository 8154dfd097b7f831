#if Server
    import NIOConcurrencyHelpers
    import NIOCore

    /// The connections of one server, so that it can end them.
    final class OpenConnections: Sendable {
        private struct State {
            var channels: [ObjectIdentifier: any Channel] = [:]
            var isDraining = false
        }

        private let state = NIOLockedValueBox(State())

        /// Takes a new connection up until it closes; `false` where the server is ending already.
        func add(_ channel: any Channel) -> Bool {
            let id = ObjectIdentifier(channel)
            let isTaken = state.withLockedValue { state in
                if !state.isDraining { state.channels[id] = channel }
                return !state.isDraining
            }
            if isTaken {
                channel.closeFuture.whenComplete { _ in
                    self.state.withLockedValue { _ = $0.channels.removeValue(forKey: id) }
                }
            }
            return isTaken
        }

        /// Lets running scrapes end, closes everything else, and returns when all connections are closed.
        ///
        /// What is still open after the grace period, or when the task is cancelled, is closed as it stands.
        func drain(within gracePeriod: Duration, on eventLoop: any EventLoop) async {
            let channels = state.withLockedValue { state in
                state.isDraining = true
                return Array(state.channels.values)
            }
            for channel in channels { channel.pipeline.fireUserInboundEventTriggered(DrainConnectionEvent()) }
            let closeAll = { @Sendable in
                for channel in channels { channel.close(promise: nil) }
            }
            let deadline = eventLoop.scheduleTask(in: TimeAmount(gracePeriod), closeAll)
            await withTaskCancellationHandler {
                try? await EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: eventLoop).get()
            } onCancel: {
                closeAll()
            }
            deadline.cancel()
        }
    }

    /// Tells a connection that the server ends: it finishes the request that it is at, and closes.
    struct DrainConnectionEvent: Sendable {}
#endif
