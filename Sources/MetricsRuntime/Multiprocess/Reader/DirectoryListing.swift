#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The names in a directory that end in `.db`, and a descriptor to open them by.
///
/// Opening by descriptor keeps all files of a scrape in one directory, even when its path is renamed meanwhile.
struct DirectoryListing: ~Copyable {
    struct Entry {
        /// The name's bytes, without a terminating zero.
        var name: [UInt8]
        /// Whether the directory says that this is a regular file, or doesn't say what it is.
        var mayBeRegular: Bool
    }

    /// The entries in the order of their names' bytes.
    private(set) var entries: [Entry] = []
    /// The names of side files, in the order of their bytes.
    private(set) var typeFiles: [[UInt8]] = []
    /// The directory's descriptor.
    var descriptor: Int32 { dirfd(stream) }

    private let stream: Stream

    #if canImport(Darwin)
        private typealias Stream = UnsafeMutablePointer<DIR>
    #else
        private typealias Stream = OpaquePointer
    #endif

    init(path: String) throws(ReadFailure) {
        guard let stream = opendir(path) else { throw ReadFailure(code: errno) }
        self.stream = stream
        while let entry = readdir(stream) {
            let mayBeRegular = entry.pointee.d_type == 0 || Int32(entry.pointee.d_type) == Int32(DT_REG)
            withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let name = bytes.prefix { $0 != 0 }
                if name.suffix(FamilyTypes.suffix.count).elementsEqual(FamilyTypes.suffix) {
                    typeFiles.append(Array(name))
                    return
                }
                guard name.first != UInt8(ascii: "."), name.suffix(3).elementsEqual(MultiprocessFileName.suffix) else {
                    return
                }
                entries.append(Entry(name: Array(name), mayBeRegular: mayBeRegular))
            }
        }
        typeFiles.sort { $0.lexicographicallyPrecedes($1) }
        entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    }

    deinit {
        closedir(stream)
    }
}
