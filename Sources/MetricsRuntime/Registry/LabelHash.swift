/// A hash over label values: closed index, then the bytes of each open label.
///
/// Bytes decide, as in Python: two texts that differ only in how their characters are composed are two values, which
/// rules out `String`'s own hashing and comparison. Not seeded, because a label's values are bounded in number.
struct LabelHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    private var state: UInt64

    @inline(__always)
    init(closed: UInt32) {
        state = (UInt64(closed) &+ 1) &* Self.multiplier
    }

    @inline(__always)
    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        mix(UInt64(truncatingIfNeeded: bytes.count))
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset + 8 <= raw.count {
            mix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(raw[offset])
            offset += 1
        }
        mix(rest)
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        let (high, low) = (state ^ word).multipliedFullWidth(by: Self.multiplier)
        state = high ^ low ^ word
    }

    var value: UInt64 {
        @inline(__always) get {
            let (high, low) = (state ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: Self.multiplier)
            return high ^ low
        }
    }
}
