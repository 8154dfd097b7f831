/// One label's value at a call: its UTF-8 in a form in which equal values are equal words.
///
/// Up to 15 bytes are two words, padded with zeros, the number of bytes in the last one. So most values are hashed and
/// compared without a loop, and a short `String`, which is those two words already, is never copied to memory. Longer
/// values are their length and where their bytes stand.
///
/// Bytes decide, as in Python: two texts that differ only in how their characters are composed are two values.
///
/// Whoever makes one from memory keeps that memory for as long as the value is in use, and nobody writes to it.
struct LabelValue: @unchecked Sendable {
    /// The most bytes that stand in the words.
    static let longestShort = 15
    /// What stands in the second word of a long value; no short one has so many bytes.
    private static let longMark = UInt64.max

    /// The first eight bytes of a short value, the number of bytes of a long one.
    let low: UInt64
    /// The rest of a short value and its number of bytes.
    let high: UInt64
    /// The bytes of a long value; `nil` for a short one.
    let start: UnsafeRawPointer?

    @inline(__always)
    init(short low: UInt64, _ high: UInt64) {
        self.low = low
        self.high = high
        start = nil
    }

    /// The value with these bytes.
    @inline(__always)
    init(_ start: UnsafeRawPointer, count: Int) {
        if count > Self.longestShort {
            low = UInt64(truncatingIfNeeded: count)
            high = Self.longMark
            self.start = start
        } else {
            self = Self.copyShort(start, count)
        }
    }

    @inline(never)
    private static func copyShort(_ start: UnsafeRawPointer, _ count: Int) -> LabelValue {
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(start: start, count: count)) }
        return LabelValue(
            short: UInt64(littleEndian: words.0),
            UInt64(littleEndian: words.1) | UInt64(truncatingIfNeeded: count) << 56
        )
    }

    /// How many bytes it has.
    var count: Int { start == nil ? Int(truncatingIfNeeded: high >> 56) : Int(truncatingIfNeeded: low) }

    /// Calls `body` with the bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let start { return body(UnsafeRawBufferPointer(start: start, count: count)) }
        var words = (low.littleEndian, (high & 0x00FF_FFFF_FFFF_FFFF).littleEndian)
        return withUnsafeBytes(of: &words) { body(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
    }

    /// The bytes as text.
    var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    // MARK: As stored

    /// How many bytes the value takes where it is stored: a multiple of eight.
    var storedLength: Int { 16 + (start == nil ? 0 : (count + 7) & ~7) }

    /// Stores the value; the address is a multiple of eight.
    func store(at address: UnsafeMutableRawPointer) {
        address.storeBytes(of: low, as: UInt64.self)
        (address + 8).storeBytes(of: high, as: UInt64.self)
        if let start { (address + 16).copyMemory(from: start, byteCount: count) }
    }

    /// The value that is stored there.
    @inline(__always)
    init(storedAt address: UnsafeRawPointer) {
        low = address.load(as: UInt64.self)
        high = (address + 8).load(as: UInt64.self)
        start = high == Self.longMark ? address + 16 : nil
    }

    @inline(__always)
    static func == (left: LabelValue, right: LabelValue) -> Bool {
        guard left.low == right.low, left.high == right.high else { return false }
        guard let leftStart = left.start, let rightStart = right.start else { return true }
        return areEqual(leftStart, rightStart, Int(truncatingIfNeeded: left.low))
    }

    /// Whether two places hold the same 16 bytes or more; a call of `memcmp` would cost more than comparing them.
    @inline(__always)
    private static func areEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        var offset = 0
        var difference: UInt64 = 0
        func compare(_ offset: Int) {
            difference |=
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        while offset + 16 < count {
            compare(offset)
            compare(offset + 8)
            if difference != 0 { return false }
            offset += 16
        }
        // The last 16 bytes, some of them perhaps for the second time.
        compare(count - 16)
        compare(count - 8)
        return difference == 0
    }
}
