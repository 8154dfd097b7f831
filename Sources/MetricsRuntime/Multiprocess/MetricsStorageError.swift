#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What kept a registry from using its multiprocess directory.
///
/// Updates never throw it: they go on in private memory. It comes out of `MetricsRegistry.prepare()` and is logged once.
public struct MetricsStorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was being done.
    public enum Operation: String, Sendable, Hashable {
        /// Finding out which directory to use.
        case configure = "find the multiprocess directory"
        /// Making the directory.
        case createDirectory = "create the directory"
        /// Taking a slot, by the lock on its side file.
        case lease = "lock the slot file"
        /// Taking the lock of the archive of dead slots.
        case lockArchive = "lock the archive"
        /// Making a file.
        case createFile = "create the file"
        /// Reading what an earlier process left.
        case readFile = "read the file"
        /// Giving a file more space.
        case growFile = "make room in the file"
        /// Mapping a file into memory.
        case mapFile = "map the file"
        /// Giving a complete file its name.
        case publishFile = "publish the file"
        /// Keeping a file: somebody else removed, replaced or cut it.
        case keepFile = "keep the file"
        /// Storing in a page that went when somebody else cut the file; counted, never thrown.
        case storePage = "store in a page of the file"
        /// Removing a file.
        case removeFile = "remove the file"
    }

    /// What was being done.
    public let operation: Operation
    /// The directory or file at fault, or the name of the environment variable.
    public let path: String
    /// The system's error number, or 0.
    public let errorNumber: Int32
    /// What to do about it, or more about the cause.
    public let hint: String

    init(_ operation: Operation, path: String, errorNumber: Int32, hint: String? = nil) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
        self.hint = hint ?? Self.hint(for: errorNumber)
    }

    /// One sentence that names the path, the cause and the remedy.
    public var description: String {
        var text = "Cannot \(operation.rawValue) '\(path)'"
        if errorNumber != 0 { text += ": \(String(cString: strerror(errorNumber))) (errno \(errorNumber))" }
        if !hint.isEmpty { text += ". \(hint)" }
        return text
    }

    private static func hint(for errorNumber: Int32) -> String {
        switch errorNumber {
        case EACCES, EPERM, EROFS:
            "Make it writable for this user, or set PROMETHEUS_MULTIPROC_DIR to a directory that is"
        case ENOSPC, EDQUOT:
            "Free space there; series that are new until then stay in this process's memory"
        case ENOTDIR:
            "A part of the path is a file; set PROMETHEUS_MULTIPROC_DIR to a directory"
        case EMFILE, ENFILE:
            "Raise the limit of open files"
        default:
            ""
        }
    }
}
