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

    /// Takes over an open descriptor. It is not passed on to children by accident: they get it only where it is named.
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

    /// A pipe: what is written to the second end is read from the first.
    static func pipe() throws(SystemCallError) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        var ends: (Int32, Int32) = (-1, -1)
        let result = withUnsafeMutablePointer(to: &ends) { pair in
            pair.withMemoryRebound(to: Int32.self, capacity: 2) { openPipe($0) }
        }
        guard result == 0 else { throw SystemCallError("make a pipe") }
        return try adopt(ends)
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

    private static func openPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 {
        #if canImport(Darwin)
            // Between the two calls another thread may start a child, which then holds the pipe: Darwin has no pipe2.
            let result = Darwin.pipe(ends)
        #else
            let result = pipe2(ends, O_CLOEXEC)
        #endif
        return result
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
