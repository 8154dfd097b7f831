#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Small files that the system makes up while they are read.
enum SystemFile {
    /// Longer files than this are none of those that we read.
    private static let mostBytes = 1 << 20

    /// A file's text; `nil` where it cannot be read.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < mostBytes {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes.append(contentsOf: buffer[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// How many entries a folder has; `nil` where it cannot be read.
    ///
    /// In a process' own folder of descriptors the one that reads the folder counts too, as in other clients.
    static func entryCount(_ path: String) -> Int? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        var count = 0
        while let entry = readdir(stream) {
            // `.` and `..`; no other entry there begins with a dot.
            if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
        }
        return count
    }

    enum Setting {
        case clockTicks, pageSize
    }

    /// A number that the system was built with.
    static func configuration(_ setting: Setting) -> Double? {
        let value =
            switch setting {
            case .clockTicks: sysconf(Int32(_SC_CLK_TCK))
            case .pageSize: sysconf(Int32(_SC_PAGESIZE))
            }
        return value > 0 ? Double(value) : nil
    }
}
