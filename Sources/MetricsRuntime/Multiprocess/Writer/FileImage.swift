/// The bytes of a whole file before it is published: header, then entries.
///
/// Layout (Python's client, `mmap_dict.py`): 4 bytes `used`, 4 bytes padding; then for each entry 4 bytes key length,
/// the key, 1 to 8 spaces up to a multiple of 8, the value and a timestamp. Numbers are in native byte order.
struct FileImage {
    static let headerSize = 8
    private static let valueSize = 16

    /// One entry as it stands in a file.
    struct Entry {
        let key: [UInt8]
        /// Where the value stands in the file.
        let valueOffset: Int
        let value: EntryValue
        /// The bits of the timestamp, which may be the mark of a removed series.
        let timestampBits: UInt64
    }

    private(set) var bytes: [UInt8]

    /// An image without entries.
    init() {
        bytes = [UInt8](repeating: 0, count: Self.headerSize)
        writeUsed()
    }

    /// What an entry with a key of that length takes.
    static func entrySize(keyLength: Int) -> Int {
        4 + keyLength + padding(keyLength: keyLength) + valueSize
    }

    static func padding(keyLength: Int) -> Int { 8 - (4 + keyLength) % 8 }

    /// The bytes of one entry.
    static func encode(key: [UInt8], value: EntryValue, into target: UnsafeMutableRawPointer) {
        target.storeBytes(of: Int32(key.count), as: Int32.self)
        key.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            (target + 4).copyMemory(from: source, byteCount: bytes.count)
        }
        let padding = padding(keyLength: key.count)
        let end = target + 4 + key.count
        end.initializeMemory(as: UInt8.self, repeating: 0x20, count: padding)
        (end + padding).storeBytes(of: value.value.bitPattern, as: UInt64.self)
        (end + padding + 8).storeBytes(of: value.timestamp.bitPattern, as: UInt64.self)
    }

    /// Appends an entry; the offset of its value.
    @discardableResult
    mutating func append(key: [UInt8], value: EntryValue) -> Int {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: Self.entrySize(keyLength: key.count)))
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            Self.encode(key: key, value: value, into: base + start)
        }
        writeUsed()
        return start + 4 + key.count + Self.padding(keyLength: key.count)
    }

    private mutating func writeUsed() {
        let used = Int32(bytes.count)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: used, as: Int32.self) }
    }

    /// The whole entries at the front of a file's bytes. Ends before the first one that is damaged.
    static func entries(of bytes: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        bytes.withUnsafeBytes { buffer in
            guard buffer.count >= headerSize else { return }
            let end = min(Int(buffer.loadUnaligned(as: Int32.self)), buffer.count)
            var offset = headerSize
            while offset + 4 <= end {
                let keyLength = Int(buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self))
                guard keyLength > 0, keyLength <= end - offset, offset + entrySize(keyLength: keyLength) <= end else {
                    return
                }
                let valueOffset = offset + 4 + keyLength + padding(keyLength: keyLength)
                let value = buffer.loadUnaligned(fromByteOffset: valueOffset, as: UInt64.self)
                let timestamp = buffer.loadUnaligned(fromByteOffset: valueOffset + 8, as: UInt64.self)
                entries.append(
                    Entry(
                        key: [UInt8](buffer[offset + 4..<offset + 4 + keyLength]),
                        valueOffset: valueOffset,
                        value: EntryValue(
                            value: Double(bitPattern: value),
                            timestamp: Double(bitPattern: timestamp)
                        ),
                        timestampBits: timestamp
                    )
                )
                offset = valueOffset + valueSize
            }
        }
        return entries
    }
}
