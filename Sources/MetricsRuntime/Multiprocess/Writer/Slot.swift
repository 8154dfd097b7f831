internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A place in a multiprocess directory that one process owns at a time: it gives the files their names.
///
/// Ownership is a POSIX record lock on a side file. The kernel drops it when the process ends, however it ends, and it
/// is not inherited over `fork()`; both hold across containers that share the directory, where pids mean nothing.
struct Slot {
    let number: Int
    let lockFile: FileIdentity
    let descriptor: Int32

    /// What stands for the process in file names and in the label `pid`.
    var identity: String { Self.identity(number) }

    static func identity(_ number: Int) -> String { "swift-\(number)" }

    /// The number in an identity of ours, or `nil` for a name that somebody else chose, such as a pid.
    static func number(of identity: String) -> Int? {
        guard identity.hasPrefix("swift-") else { return nil }
        let digits = identity.dropFirst("swift-".count)
        guard let number = Int(digits), number >= 0, String(number) == digits else { return nil }
        return number
    }

    /// Whether the lock file that makes this process the owner still has its name.
    func isOwned(in directory: String) -> Bool {
        FileIdentity(path: Self.lockPath(number, in: directory)) == lockFile
    }

    /// Whether no file of a slot is there, as in one that nobody ever owned.
    static func hasNoFiles(_ number: Int, in directory: String) -> Bool {
        FileKind.all.allSatisfy {
            FileIdentity(path: "\(directory)/\($0.fileName(identity: identity(number)))") == nil
        }
    }

    static func lockPath(_ number: Int, in directory: String) -> String { "\(directory)/\(identity(number)).lock" }
}

/// A file whatever its name.
struct FileIdentity: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }

    /// The identity of the file with that name, or `nil` where there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}
