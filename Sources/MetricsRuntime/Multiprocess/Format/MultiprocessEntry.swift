/// Where the parts of a multiprocess file stand.
///
/// A file is a header of eight bytes, then entries back to back. The header holds how many bytes are used (a signed
/// 32-bit number in native byte order, itself included) and four bytes that Python's client neither reads nor writes.
/// An entry is the length of its key (signed, 32 bits), the key, one to eight spaces, the value and a timestamp (two
/// doubles, each on a multiple of eight bytes).
///
/// Source: `mmap_dict.py` of Python's prometheus_client 0.18 and later.
package enum MultiprocessEntry {
    /// The length of a file's header, and so the offset of its first entry.
    package static let headerLength = 8

    /// The largest number that the header's signed 32-bit field holds.
    package static let maximumUsed = Int(Int32.max)

    /// The bit pattern in an entry's timestamp slot that says "this series was removed".
    ///
    /// It is a NaN, so Python's collector treats the entry as it always did: its key and its value are untouched, and
    /// no comparison of timestamps prefers it.
    package static let tombstone: UInt64 = 0x7ff8_4d45_5452_5458

    /// How many spaces follow a key of that length: one to eight, never none.
    package static func padding(keyLength: Int) -> Int {
        8 - ((keyLength + 4) & 7)
    }

    /// Where the value stands, counted from the start of its entry; the timestamp follows eight bytes later.
    package static func valueOffset(keyLength: Int) -> Int {
        (keyLength + 12) & ~7
    }

    /// The length of a whole entry: length field, key, spaces, value and timestamp.
    package static func length(keyLength: Int) -> Int {
        valueOffset(keyLength: keyLength) + 16
    }

    /// Appends a whole entry, ready to be copied behind the used part of a file.
    ///
    /// The array grows as it does by itself: room that is reserved for each entry is exactly that, and all bytes are
    /// copied with every entry.
    package static func append(key: some Collection<UInt8>, value: Double, timestamp: Double, to bytes: inout [UInt8]) {
        appendNative(UInt32(truncatingIfNeeded: key.count), to: &bytes)
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: repeatElement(0x20, count: padding(keyLength: key.count)))
        appendNative(value.bitPattern, to: &bytes)
        appendNative(timestamp.bitPattern, to: &bytes)
    }

    /// Writes a whole entry with a timestamp of 0 behind the used part of a file.
    static func store(_ key: ArraySlice<UInt8>, value: Double, at address: UnsafeMutableRawPointer) {
        address.storeBytes(of: UInt32(truncatingIfNeeded: key.count), as: UInt32.self)
        key.withUnsafeBytes { source in
            if let start = source.baseAddress { (address + 4).copyMemory(from: start, byteCount: source.count) }
        }
        let spaces = padding(keyLength: key.count)
        (address + 4 + key.count).initializeMemory(as: UInt8.self, repeating: 0x20, count: spaces)
        let place = address + valueOffset(keyLength: key.count)
        place.storeBytes(of: value.bitPattern, as: UInt64.self)
        (place + 8).storeBytes(of: 0, as: UInt64.self)
    }

    /// Appends a header that says how many bytes of the file are used.
    package static func appendHeader(used: Int, to bytes: inout [UInt8]) {
        appendNative(UInt32(truncatingIfNeeded: used), to: &bytes)
        appendNative(UInt32(0), to: &bytes)
    }

    private static func appendNative(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
}
