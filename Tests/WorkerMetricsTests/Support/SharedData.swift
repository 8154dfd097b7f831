#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Data that lies beside the package where there is any; tests over it are skipped elsewhere.
enum SharedData {
    /// The folder: the value of `METRICS_SHARED`, else `shared` beside the package.
    static let folder: String = {
        if let named = getenv("METRICS_SHARED") { return String(cString: named) }
        let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(package)/../shared"
    }()

    /// The content of a file in the folder, or `nil` where there is none.
    static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = open("\(folder)/\(path)", O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &buffer, buffer.count)
        return count < 0 ? nil : Array(buffer[..<count])
    }
}
