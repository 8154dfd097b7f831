#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of a configuration: its bytes, and who may read them.
struct ConfigurationFile {
    /// What kept it from being read.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Longer files than this hold no configuration.
    private static let mostBytes = 16 << 20

    let bytes: [UInt8]
    /// Whether every user of this machine may read it.
    let isReadableByAll: Bool

    init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure() }
        isReadableByAll = status.st_mode & S_IFMT == S_IFREG && status.st_mode & S_IROTH != 0
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure()
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= Self.mostBytes else {
                throw Failure(description: "it is longer than \(Self.mostBytes) bytes")
            }
        }
        self.bytes = bytes
    }

    private static func failure() -> Failure {
        let code = errno
        var text = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &text, text.count) == 0 else { return Failure(description: "error \(code)") }
        let end = text.firstIndex(of: 0) ?? text.endIndex
        return Failure(description: String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// What tells one state of some files from another, without reading them.
    struct Fingerprint: Equatable {
        private struct Entry: Equatable {
            var inode: UInt64 = 0
            var size: Int64 = 0
            var seconds = 0
            var nanoseconds = 0
            var isThere = false
        }

        private let entries: [Entry]

        init(_ paths: [String]) {
            entries = paths.map { path in
                var status = stat()
                guard stat(path, &status) == 0 else { return Entry() }
                #if canImport(Darwin)
                    let time = status.st_mtimespec
                #else
                    let time = status.st_mtim
                #endif
                return Entry(
                    inode: UInt64(status.st_ino),
                    size: Int64(status.st_size),
                    seconds: time.tv_sec,
                    nanoseconds: time.tv_nsec,
                    isThere: true
                )
            }
        }
    }
}
