#if Server
    import NIOCore

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// The socket that the master opens and all workers accept connections from.
    struct ListeningSocket: Sendable {
        /// How many connections may wait to be accepted, for all workers together.
        static let backlog: Int32 = 1024

        /// The socket itself.
        let descriptor: OwnedDescriptor
        /// Where it can be reached, with the port that the system chose where none was asked for.
        let url: String

        /// Listens, so that connections wait from this moment on, also before there is a worker.
        ///
        /// - Parameters:
        ///   - host: An IP address or the name of this machine.
        ///   - port: The port; with 0 the system chooses one.
        init(host: String, port: Int) throws {
            let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
            let task = "listen on \(host):\(port)"
            let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
            #if canImport(Glibc)
                let type = Int32(SOCK_STREAM.rawValue)
            #else
                let type = SOCK_STREAM
            #endif
            descriptor = try OwnedDescriptor(takingOver: SystemCallError.check(task) { socket(family, type, 0) })
            let number = descriptor.number

            // Connections of an earlier run that are still closing do not keep the port.
            var on: Int32 = 1
            setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
            let bound = address.withSockAddr { bind(number, $0, socklen_t($1)) }
            guard bound == 0 else {
                let code = errno
                throw SystemCallError(
                    task,
                    code: code,
                    remedy: code == EADDRINUSE
                        ? "another server uses that port: choose one by --port, or 0 for any" : ""
                )
            }
            guard listen(number, Self.backlog) == 0 else { throw SystemCallError(task) }
            try descriptor.makeNonBlocking()
            url = "http://\(host.contains(":") ? "[\(host)]" : host):\(try Self.port(of: number))"
        }

        private static func port(of descriptor: Int32) throws(SystemCallError) -> Int {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let result = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            guard result == 0 else { throw SystemCallError("read the address of a socket") }
            // Both families have the port in the two bytes behind the family, most significant first.
            return withUnsafeBytes(of: storage) { Int($0[2]) << 8 | Int($0[3]) }
        }
    }
#endif
