#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The few file operations that the generator needs, without Foundation.
package enum FileSystem {
    package enum Kind: Sendable {
        case file
        case directory
    }

    /// What tells two files apart, whatever their paths.
    package struct Identity: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    /// What stands at a path, links followed.
    package static func kind(of path: String) throws(FileError) -> (kind: Kind, identity: Identity) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError.last("read", path) }
        let identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino)
        )
        return (status.st_mode & S_IFMT == S_IFDIR ? .directory : .file, identity)
    }

    /// The names in a folder, sorted, without `.` and `..`.
    package static func names(in directory: String) throws(FileError) -> [String] {
        guard let stream = opendir(directory) else { throw FileError.last("read", directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The bytes of a file; no more than `limit`, where somebody else says what is too much.
    package static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError.last("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk: [UInt8] = Array(repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes.append(contentsOf: chunk.prefix(min(count, limit - bytes.count)))
                if bytes.count == limit { return bytes }
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw FileError.last("read", path)
            }
        }
    }

    /// Writes a whole file, or none: what was begun is removed where it fails.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try write([bytes], to: path, isNew: false)
    }

    /// Writes a whole file of several pieces, or none.
    ///
    /// - Parameters:
    ///   - isNew: Whether it fails where there is a file already.
    static func write(_ pieces: [[UInt8]], to path: String, isNew: Bool) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | (isNew ? O_EXCL : O_TRUNC) | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError.last("write", path) }
        var failure: FileError?
        for piece in pieces where failure == nil && !writeAll(piece, to: descriptor) {
            failure = FileError.last("write", path)
        }
        if close(descriptor) != 0, failure == nil { failure = FileError.last("write", path) }
        if let failure {
            unlink(path)
            throw failure
        }
    }

    package static func rename(_ source: String, to target: String) throws(FileError) {
        guard systemRename(source, target) == 0 else { throw FileError.last("write", target) }
    }

    /// Gives a file a second name; a copy where the file system has no links.
    static func keep(_ path: String, as second: String, bytes: [UInt8]) throws(FileError) {
        if link(path, second) != 0 { try write(bytes, to: second) }
    }

    package static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileError.last("remove", path) }
    }

    /// Makes a folder with all that lead to it.
    ///
    /// - Parameters:
    ///   - isPrivate: Whether what is made is for this user alone.
    package static func makeDirectory(_ path: String, isPrivate: Bool = false) throws(FileError) {
        let mode: mode_t = isPrivate ? 0o700 : 0o777
        guard mkdir(path, mode) != 0 else { return }
        let code = errno
        if code == EEXIST {
            guard try kind(of: path).kind == .directory else {
                throw FileError(operation: "make the folder", path: path, code: ENOTDIR)
            }
            return
        }
        guard code == ENOENT, let parent = parent(of: path), parent != path else {
            throw FileError(operation: "make the folder", path: path, code: code)
        }
        try makeDirectory(parent, isPrivate: isPrivate)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError.last("make the folder", path) }
    }

    /// Writes text to standard output or standard error, whole, whatever the pipe takes at a time.
    static func print(_ text: String, toStandardError: Bool = false) throws(FileError) {
        guard writeAll(Array(text.utf8), to: toStandardError ? STDERR_FILENO : STDOUT_FILENO) else {
            throw FileError.last("write", toStandardError ? "standard error" : "standard output")
        }
    }

    /// `a/b` from `a` and `b`.
    package static func join(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }

    /// The folder that relative paths begin in.
    static var currentDirectory: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }

    /// The number of this process, for names that no other process uses.
    static var processID: Int { Int(getpid()) }

    private static func parent(of path: String) -> String? {
        var rest = path[...]
        while rest.utf8.count > 1, rest.hasSuffix("/") { rest.removeLast() }
        guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return slash == rest.startIndex ? "/" : String(rest[..<slash])
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}

// The names of the system calls are taken inside `FileSystem`.

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}

private func systemRename(_ source: String, _ target: String) -> Int32 { rename(source, target) }
