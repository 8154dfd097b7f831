#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What was done for the dead in a multiprocess directory.
public struct ReapReport: Sendable, Hashable {
    /// The names of the files that were removed, in the order in which they were.
    public internal(set) var removedFiles: [String] = []
    /// The names of the files that were rewritten: with fewer entries and the same values, or without what was damaged.
    public internal(set) var foldedFiles: [String] = []
    /// The names of the files whose values went into the archive.
    public internal(set) var archivedFiles: [String] = []
    /// What could not be done, and why; the rest was.
    public internal(set) var failures: [MetricsStorageError] = []

    init() {}

    /// Removes a file that need not be there.
    mutating func remove(_ path: String) {
        if unlink(path) == 0 {
            removedFiles.append(String(path.split(separator: "/").last ?? ""))
        } else if case let errorNumber = errno, errorNumber != ENOENT, FileIdentity(path: path) != nil {
            // A read-only file system refuses before it looks whether there is such a file.
            failures.append(MetricsStorageError(.removeFile, path: path, errorNumber: errorNumber))
        }
    }
}
