/// A hash over label values: closed index, then each open label.
///
/// Not seeded, because a label's values are bounded in number.
struct LabelHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let lowMask: UInt64 = 0xD6E8_FEB8_6659_FD93
    private static let highMask: UInt64 = 0xA076_1D64_78BD_642F

    private(set) var value: UInt64

    @inline(__always)
    init(closed: UInt32) {
        value = (UInt64(closed) &+ 1) &* Self.multiplier
    }

    @inline(__always)
    mutating func combine(_ label: LabelValue) {
        if let start = label.start {
            combine(start, Int(truncatingIfNeeded: label.low))
        } else {
            mix(label.low, label.high)
        }
    }

    /// The same for 16 bytes or more.
    @inline(__always)
    private mutating func combine(_ start: UnsafeRawPointer, _ count: Int) {
        // The length keeps neighbouring values apart.
        value ^= UInt64(truncatingIfNeeded: count) &* Self.multiplier
        func word(_ offset: Int) -> UInt64 { start.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        var offset = 0
        while offset + 16 < count {
            mix(word(offset), word(offset + 8))
            offset += 16
        }
        // The last 16 bytes, some of them perhaps for the second time.
        mix(word(count - 16), word(count - 8))
    }

    @inline(__always)
    private mutating func mix(_ low: UInt64, _ high: UInt64) {
        let product = (value ^ low ^ Self.lowMask).multipliedFullWidth(by: high ^ Self.highMask)
        value = product.high ^ product.low
    }
}
