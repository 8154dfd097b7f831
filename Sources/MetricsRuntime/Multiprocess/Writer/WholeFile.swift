internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Reading and writing files as a whole.
enum WholeFile {
    /// The bytes of a regular file, at most so many; `nil` where there is no file of that name.
    static func read(_ path: String, atMost limit: Int) throws(MetricsStorageError) -> [UInt8]? {
        // Not blocking: there may be a pipe in the place of the file.
        let file = metrics_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0)
        if -file == ENOENT { return nil }
        guard file >= 0 else { throw MetricsStorageError(.readFile, path: path, errorNumber: -file) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MetricsStorageError(
                .readFile,
                path: path,
                errorNumber: 0,
                hint: "It is no regular file; remove it"
            )
        }
        let bytes = read(file, count: min(Int(status.st_size), limit))
        // Cut meanwhile, or an error of the disk: who takes this for all of it would write less back.
        guard bytes.count == min(Int(status.st_size), limit) else {
            throw MetricsStorageError(.readFile, path: path, errorNumber: EIO)
        }
        return bytes
    }

    /// The first bytes of an open file; fewer where it is shorter or cannot be read.
    static func read(_ file: Int32, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(file, base + filled, count - filled, off_t(filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                filled += got
            }
        }
    }

    /// Writes bytes to the front of an open file; 0 or an errno.
    static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let base = buffer.baseAddress {
                let count = pwrite(file, base + written, buffer.count - written, off_t(written))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count == 0 ? EIO : errno }
                written += count
            }
            return 0
        }
    }

    /// Puts a complete file in the place of another one in one step, for who holds the lease of its slot.
    static func replace(_ path: String, by bytes: [UInt8]) throws(MetricsStorageError) {
        try prepare(path, bytes: bytes)
        try publishPrepared(path)
    }

    /// Writes a complete file beside the one whose place it will take.
    static func prepare(_ path: String, bytes: [UInt8]) throws(MetricsStorageError) {
        let temporary = path + ".new"
        let file = createTemporary(temporary)
        guard file >= 0 else { throw MetricsStorageError(.createFile, path: temporary, errorNumber: -file) }
        defer { close(file) }
        let result = write(bytes, to: file)
        guard result == 0 else {
            unlink(temporary)
            throw MetricsStorageError(.createFile, path: temporary, errorNumber: result)
        }
    }

    /// Gives a file that was prepared its name.
    static func publishPrepared(_ path: String) throws(MetricsStorageError) {
        guard rename(path + ".new", path) != 0 else { return }
        let errorNumber = errno
        unlink(path + ".new")
        throw MetricsStorageError(.publishFile, path: path, errorNumber: errorNumber)
    }

    /// Makes a file under a name that a killed process may have left behind; a descriptor or a negative errno.
    ///
    /// What has that name may be the published file itself, linked a second time, so it is unlinked and never cut.
    static func createTemporary(_ path: String, mode: UInt32 = 0o644) -> Int32 {
        unlink(path)
        return metrics_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
    }
}
