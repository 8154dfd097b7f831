package import MetricDefinitions

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Reads scrapes from files, or from standard input.
package enum ScrapeSource {
    /// What stands for standard input on the command line.
    package static let standardInput = "-"

    /// The scrape at a path; `-` is standard input.
    ///
    /// No more is read than what a reader of scrapes takes and a byte, so that an endless input ends.
    package static func read(_ path: String) throws(FileError) -> SourceFile {
        let isStandardInput = path == standardInput
        let name = isStandardInput ? "<stdin>" : path
        let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.last("read", path) }
        defer { if !isStandardInput { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk: [UInt8] = Array(repeating: 0, count: 1 << 16)
        while bytes.count <= ScrapeReader.sizeLimit {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes.append(contentsOf: chunk.prefix(count))
            } else if count == 0 {
                break
            } else if errno != EINTR {
                throw FileError.last("read", name)
            }
        }
        return SourceFile(path: name, bytes: bytes)
    }
}

// The name of the system call is taken inside `ScrapeSource`.

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
