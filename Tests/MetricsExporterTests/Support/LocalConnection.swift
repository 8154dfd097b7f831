#if Server && os(Linux)
    import Dispatch
    import Glibc

    /// A connection with a server on this machine that reads only when it is told to; closed with the value.
    final class LocalConnection: Sendable {
        private let descriptor: CInt

        /// Connects; `nil` where nobody takes the connection.
        ///
        /// - Parameters:
        ///   - port: The server's port.
        ///   - receiveBuffer: How many bytes the system keeps for a client that does not read; its own default without it.
        init?(port: Int, receiveBuffer: CInt? = nil) {
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
            if var size = receiveBuffer {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
            }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard result == 0 else { return nil }
        }

        deinit { close(descriptor) }

        func send(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
        }

        /// Takes what is there, at most so many bytes, and waits for nothing: `nil` where nothing came yet, no bytes where
        /// the server has closed the connection or reset it.
        func receive(upTo count: Int) -> [UInt8]? {
            receive(upTo: count, flags: CInt(MSG_DONTWAIT))
        }

        /// All that comes until the connection's end; the calling task does not block a thread meanwhile.
        func rest() async -> [UInt8] {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    // Only a failing test waits that long.
                    var limit = timeval(tv_sec: 300, tv_usec: 0)
                    setsockopt(
                        self.descriptor,
                        SOL_SOCKET,
                        SO_RCVTIMEO,
                        &limit,
                        socklen_t(MemoryLayout<timeval>.size)
                    )
                    var bytes: [UInt8] = []
                    while let part = self.receive(upTo: 1 << 18, flags: 0), !part.isEmpty { bytes += part }
                    continuation.resume(returning: bytes)
                }
            }
        }

        private func receive(upTo count: Int, flags: CInt) -> [UInt8]? {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                length = recv(descriptor, buffer.baseAddress, count, flags)
                initialized = max(0, length)
            }
            return length < 0 && (errno == EAGAIN || errno == EINTR) ? nil : bytes
        }
    }
#endif
