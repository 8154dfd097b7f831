/// A file of a multiprocess directory that is in memory only.
package struct MultiprocessSource: Sendable {
    /// The name that it would have in the directory.
    package let name: [UInt8]
    /// Header and entries.
    package let bytes: [UInt8]

    /// Creates a source from a whole file's bytes.
    package init(name: String, bytes: [UInt8]) {
        self.name = Array(name.utf8)
        self.bytes = bytes
    }
}
