#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file descriptor that is closed when nobody needs it any more.
final class OwnedDescriptor: Sendable {
    /// The descriptor's number.
    let number: Int32

    /// Takes over an open descriptor.
    ///
    /// It is not passed on to children by accident: they get it only where it is named.
    ///
    /// A descriptor with a low number is moved up first. The low ones are where a child finds what it is given, and
    /// `posix_spawn` would overwrite one such descriptor with another while it puts them in their places.
    init(takingOver descriptor: Int32) throws(SystemCallError) {
        guard descriptor < Self.firstNumber else {
            number = descriptor
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return
        }
        let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, Self.firstNumber)
        let code = errno
        close(descriptor)
        guard moved >= 0 else { throw SystemCallError("move a descriptor", code: code) }
        number = moved
    }

    deinit {
        close(number)
    }

    /// Numbers below this are for what a child is given.
    static let firstNumber: Int32 = 16

    /// Lets reads and writes answer at once, with `EAGAIN` where they would wait.
    func makeNonBlocking() throws(SystemCallError) {
        let flags = fcntl(number, F_GETFL)
        guard flags >= 0, fcntl(number, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw SystemCallError("make a descriptor non-blocking")
        }
    }

    /// All bytes that can be read from a non-blocking descriptor now, and whether none will follow.
    func drain() -> (bytes: [UInt8], ended: Bool) {
        var bytes: [UInt8] = []
        var buffer: [UInt8] = Array(repeating: 0, count: 4096)
        while true {
            let count = read(number, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                return (bytes, true)
            } else if errno != EINTR {
                return (bytes, errno != EAGAIN && errno != EWOULDBLOCK)
            }
        }
    }

    /// Two ends: what is written to the second is read from the first, and nothing the other way.
    static func pipe() throws(SystemCallError) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        // A pair of sockets, since only that can be made so that no child that another thread starts gets hold of it.
        let (reading, writing) = try socketPair()
        shutdown(reading.number, Int32(SHUT_WR))
        shutdown(writing.number, Int32(SHUT_RD))
        return (reading, writing)
    }

    /// Two connected sockets, for a talk in both directions.
    static func socketPair() throws(SystemCallError) -> (OwnedDescriptor, OwnedDescriptor) {
        var ends: (Int32, Int32) = (-1, -1)
        let result = withUnsafeMutablePointer(to: &ends) { pair in
            pair.withMemoryRebound(to: Int32.self, capacity: 2) { openSocketPair($0) }
        }
        guard result == 0 else { throw SystemCallError("make a pair of sockets") }
        return try adopt(ends)
    }

    private static func adopt(_ ends: (Int32, Int32)) throws(SystemCallError) -> (OwnedDescriptor, OwnedDescriptor) {
        let first: OwnedDescriptor
        do {
            first = try OwnedDescriptor(takingOver: ends.0)
        } catch {
            close(ends.1)
            throw error
        }
        return (first, try OwnedDescriptor(takingOver: ends.1))
    }

    private static func openSocketPair(_ ends: UnsafeMutablePointer<Int32>) -> Int32 {
        #if canImport(Glibc)
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        #elseif canImport(Musl)
            let type = SOCK_STREAM | SOCK_CLOEXEC
        #else
            let type = SOCK_STREAM
        #endif
        return socketpair(AF_UNIX, type, 0, ends)
    }
}
