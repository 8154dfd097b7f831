#if Server
    import NIOCore

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Accepts connections from a socket that other processes accept from too.
    ///
    /// SwiftNIO's own listening channel takes a socket for its own: that a connection it was told of has gone to
    /// another process meanwhile is an error to it. So a thread waits for connections here, and hands each over to the
    /// event loop. It takes the next one only when the loop has taken over the last, so that a worker whose loop is
    /// busy leaves connections to the others.
    final class Acceptor: Sendable {
        /// How long it waits where the process has no descriptor or no memory for another connection.
        private static let exhaustionPause: Int32 = 100

        private let socket: OwnedDescriptor
        private let waking: (reading: OwnedDescriptor, writing: OwnedDescriptor)

        /// Takes over a listening socket; nothing is accepted yet.
        init(takingOver socket: Int32) throws(SystemCallError) {
            self.socket = try OwnedDescriptor(takingOver: socket)
            self.waking = try OwnedDescriptor.pipe()
            try self.socket.makeNonBlocking()
        }

        /// Accepts connections until ``stop()``.
        ///
        /// - Parameters:
        ///   - stopped: Succeeds when no connection is accepted any more and all have been handed over.
        ///   - accepted: Takes over a connection; the next follows when the future is fulfilled.
        func start(
            stopped: EventLoopPromise<Void>,
            accepted: @escaping @Sendable (_ connection: Int32) -> EventLoopFuture<Void>
        ) throws(SystemCallError) {
            try Thread.detach { [self] in
                while let connection = next() {
                    // Whether it could be taken over is the loop's to know; the descriptor is closed either way.
                    try? accepted(connection).wait()
                }
                stopped.succeed()
            }
        }

        /// Accepts nothing more; what waits is left to the processes that share the socket.
        func stop() {
            var byte: UInt8 = 0
            _ = write(waking.writing.number, &byte, 1)
        }

        /// Waits for the next connection; `nil` after ``stop()``.
        private func next() -> Int32? {
            var pause: Int32 = -1
            var isListening = true
            while true {
                var polled = [pollfd(fd: waking.reading.number, events: Int16(POLLIN), revents: 0)]
                if isListening { polled.append(pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)) }
                _ = poll(&polled, nfds_t(polled.count), pause)
                if polled[0].revents != 0 { return nil }
                pause = -1
                isListening = true

                let connection = accept(socket.number, nil, nil)
                if connection >= 0 {
                    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                    return connection
                }
                switch errno {
                case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                    isListening = false
                    pause = Self.exhaustionPause
                default:
                    // Another process took it (EAGAIN), or its client has gone (ECONNABORTED).
                    break
                }
            }
        }
    }
#endif
