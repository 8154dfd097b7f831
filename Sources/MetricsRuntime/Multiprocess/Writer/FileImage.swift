/// The bytes of a whole file before it is published: header, then entries.
///
/// The layout is that of ``MultiprocessEntry``.
struct FileImage {
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
        bytes = []
        MultiprocessEntry.appendHeader(used: MultiprocessEntry.headerLength, to: &bytes)
    }

    /// Appends an entry; the offset of its value.
    @discardableResult
    mutating func append(key: [UInt8], value: EntryValue) -> Int {
        let start = bytes.count
        MultiprocessEntry.append(key: key, value: value.value, timestamp: value.timestamp, to: &bytes)
        let used = Int32(bytes.count)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: used, as: Int32.self) }
        return start + MultiprocessEntry.valueOffset(keyLength: key.count)
    }

    /// The whole entries at the front of a file's bytes.
    ///
    /// Ends before the first one that is damaged.
    static func entries(of bytes: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        bytes.withUnsafeBytes { buffer in
            guard buffer.count >= MultiprocessEntry.headerLength else { return }
            let end = min(Int(buffer.loadUnaligned(as: Int32.self)), buffer.count)
            var offset = MultiprocessEntry.headerLength
            while offset + 4 <= end {
                let keyLength = Int(buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self))
                guard keyLength > 0, keyLength <= end - offset,
                    offset + MultiprocessEntry.length(keyLength: keyLength) <= end
                else { return }
                let valueOffset = offset + MultiprocessEntry.valueOffset(keyLength: keyLength)
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
                offset += MultiprocessEntry.length(keyLength: keyLength)
            }
        }
        return entries
    }
}
