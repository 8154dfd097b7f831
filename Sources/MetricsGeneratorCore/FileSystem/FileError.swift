#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A system call on a file that failed.
package struct FileError: Error, CustomStringConvertible, Sendable {
    /// What was being done: `read`, `write`.
    package var operation: String
    package var path: String
    /// The system's number for the cause.
    package var code: Int32

    package var description: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }

    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// The failure of the call that was just made.
    static func last(_ operation: String, _ path: String) -> FileError {
        FileError(operation: operation, path: path, code: errno)
    }
}
