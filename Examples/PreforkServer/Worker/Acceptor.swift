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
        /// How long it waits, in milliseconds, where it can accept nothing for another reason than that nothing came.
        private static let exhaustionPause: Int32 = 100

        /// The most that it accepts after ``stop()``: all that can wait in the queue, but not what follows for ever.
        private static let lastLimit = Int(ListeningSocket.backlog)

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
                // Whether a connection could be taken over is the loop's to know; it is closed either way.
                while let connection = next() { try? accepted(connection).wait() }
                for _ in 0..<Self.lastLimit {
                    guard let connection = acceptOne() else { break }
                    try? accepted(connection).wait()
                }
                stopped.succeed()
            }
        }

        /// Accepts what has come until now, and nothing more.
        ///
        /// A client that waits when the whole server stops would wait in vain, and be cut off in the end.
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

                if let connection = acceptOne() { return connection }
                switch errno {
                case EAGAIN, EWOULDBLOCK, ECONNABORTED, EINTR:
                    // Another process took it, or its client has gone.
                    break
                default:
                    // No descriptor or no memory for one more, or the master has closed the socket: it can be read
                    // all the time then, so it is not looked at for a while.
                    isListening = false
                    pause = Self.exhaustionPause
                }
            }
        }

        /// A connection that waits; `nil`, with `errno` set, where there is none.
        private func acceptOne() -> Int32? {
            let connection = accept(socket.number, nil, nil)
            guard connection >= 0 else { return nil }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            return connection
        }
    }
#endif
