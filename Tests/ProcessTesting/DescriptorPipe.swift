#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A pipe whose ends no program inherits but the one that is given one of them.
///
/// Not thread-safe.
public final class DescriptorPipe {
    /// The end to read from, or -1 once it is closed.
    public private(set) var reading: Int32
    /// The end to write to, or -1 once it is closed.
    public private(set) var writing: Int32

    /// Makes a pipe.
    public init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw ChildProgram.Failure(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        closeReading()
        closeWriting()
    }

    /// Closes the end to read from.
    public func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    /// Closes the end to write to.
    public func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// Waits for bytes, at most so many; none at the end.
    public func read(atMost count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        while true {
            let got = readBytes(reading, &bytes, count)
            if got < 0, errno == EINTR { continue }
            return Array(bytes.prefix(max(got, 0)))
        }
    }

    /// Waits for the end; all bytes up to there.
    public func readToEnd() -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let more = read(atMost: 1 << 16)
            if more.isEmpty { return all }
            all += more
        }
    }

    /// Writes a few bytes, which fit into the pipe.
    public func write(_ bytes: [UInt8]) {
        _ = writeBytes(writing, bytes, bytes.count)
    }

    private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.read(descriptor, target, count)
        #elseif canImport(Glibc)
            Glibc.read(descriptor, target, count)
        #elseif canImport(Musl)
            Musl.read(descriptor, target, count)
        #endif
    }

    private func writeBytes(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
        #elseif canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #endif
    }
}
