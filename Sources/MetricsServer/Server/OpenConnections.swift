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
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
        }

        /// What becomes of a new connection.
        enum Admission {
            case taken, ending, full
        }

        /// Takes a new connection up until it closes, unless the server is ending or has as many as it may.
        func add(_ channel: any Channel) -> Admission {
            let id = ObjectIdentifier(channel)
            let admission = state.withLockedValue { state -> Admission in
                if state.isDraining { return .ending }
                if state.channels.count >= limit { return .full }
                state.channels[id] = channel
                return .taken
            }
            if admission == .taken {
                channel.closeFuture.whenComplete { _ in
                    self.state.withLockedValue { _ = $0.channels.removeValue(forKey: id) }
                }
            }
            return admission
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
