/// A hash over label values: closed index, then the bytes of each open label.
///
/// Bytes decide, as in Python: two texts that differ only in how their characters are composed are two values, which
/// rules out `String`'s own hashing and comparison. Not seeded, because a label's values are bounded in number.
struct LabelHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let lengthMultiplier: UInt64 = 0xD6E8_FEB8_6659_FD93

    private var state: UInt64

    @inline(__always)
    init(closed: UInt32) {
        state = (UInt64(closed) &+ 1) &* Self.multiplier
    }

    @inline(__always)
    mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        let count = raw.count
        // The length keeps neighbouring values apart.
        state ^= UInt64(truncatingIfNeeded: count) &* Self.lengthMultiplier
        guard count < 8 else {
            var offset = 0
            while offset + 8 < count {
                mix(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            // The last eight bytes, some of them perhaps for the second time.
            return mix(raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        }
        if count >= 4 {
            let low = raw.loadUnaligned(as: UInt32.self)
            let high = raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            mix(UInt64(low) | UInt64(high) << 32)
        } else if count > 0 {
            mix(UInt64(raw[0]) | UInt64(raw[count / 2]) << 8 | UInt64(raw[count - 1]) << 16)
        } else {
            mix(0)
        }
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        let (high, low) = (state ^ word).multipliedFullWidth(by: Self.multiplier)
        state = high ^ low ^ word
    }

    var value: UInt64 {
        @inline(__always) get {
            let (high, low) = (state ^ Self.lengthMultiplier).multipliedFullWidth(by: Self.multiplier)
            return high ^ low
        }
    }
}
