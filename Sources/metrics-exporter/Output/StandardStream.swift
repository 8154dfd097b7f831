#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output or standard error, written without a buffer.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// What kept the bytes from being written.
    struct WriteError: Error, CustomStringConvertible {
        let code: CInt

        var description: String {
            var text = [CChar](repeating: 0, count: 256)
            guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
            let end = text.firstIndex(of: 0) ?? text.endIndex
            return String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Writes all bytes: `write` may take a part of them, or be interrupted by a signal.
    func write(_ bytes: [UInt8]) throws(WriteError) {
        let failure: CInt? = bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = platformWrite(rawValue, rest.baseAddress, rest.count)
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let failure { throw WriteError(code: failure) }
    }
}

/// `write` of the C library; inside the type, its own method would be meant.
private func platformWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
