internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Reads the side files of a directory, and again only those that have changed.
///
/// A side file that cannot be read is as good as none: nothing is reported, since nothing is missing from a scrape.
struct FamilyTypesReader {
    private struct File: Equatable {
        var name: [UInt8]
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    private static let archive = Array(FamilyTypes.fileName(identity: SlotArchive.identity).utf8)

    private var files: [File] = []
    private(set) var types = FamilyTypes()

    /// Reads the files with these names, which are sorted, where one of them is not what it was; says whether anything is
    /// another.
    mutating func refresh(_ names: [[UInt8]], in directory: Int32) -> Bool {
        // What slots say is newer than what their earlier owners said, which is in the archive.
        let ordered = names.filter { $0 == Self.archive } + names.filter { $0 != Self.archive }
        let found = ordered.compactMap { Self.look(at: $0, in: directory) }
        guard found != files else { return false }
        files = found
        var new = FamilyTypes()
        for file in found { new.read(Self.bytes(of: file.name, in: directory)) }
        guard new != types else { return false }
        types = new
        return true
    }

    /// Takes what was read elsewhere; says whether anything is another.
    mutating func take(_ new: FamilyTypes) -> Bool {
        guard new != types else { return false }
        types = new
        return true
    }

    private static func look(at name: [UInt8], in directory: Int32) -> File? {
        var status = stat()
        let result = (name + [0]).withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { fstatat(directory, $0, &status, AT_SYMLINK_NOFOLLOW) } ?? -1
            }
        }
        guard result == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return File(
            name: name,
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            seconds: time.tv_sec,
            nanoseconds: time.tv_nsec
        )
    }

    private static func bytes(of name: [UInt8], in directory: Int32) -> [UInt8] {
        let file = (name + [0]).withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { openat(directory, $0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) } ?? -1
            }
        }
        guard file >= 0 else { return [] }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
        return WholeFile.read(file, count: min(Int(status.st_size), FamilyTypes.mostBytes))
    }
}
