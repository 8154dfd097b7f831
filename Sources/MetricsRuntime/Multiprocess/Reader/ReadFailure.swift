#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the operating system said when the directory or a file couldn't be read.
struct ReadFailure: Error, CustomStringConvertible {
    /// The value of `errno`, or 0 where no call failed.
    var code: Int32

    /// Whether there simply is nothing of that name.
    var isMissing: Bool { code == ENOENT }

    var description: String {
        guard code != 0, let text = strerror(code) else { return "" }
        return String(cString: text)
    }
}
