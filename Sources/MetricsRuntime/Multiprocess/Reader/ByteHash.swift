/// A 64-bit hash of bytes, sixteen at a step, by folding 128-bit products.
///
/// Label values come from outside, so each table has a seed of its own.
enum ByteHash {
    private static let first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private static let second: UInt64 = 0xc2b2_ae3d_27d4_eb4f

    static func hash(_ text: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: text.count) &* first
        guard let start = text.baseAddress else { return fold(state, second) }
        var rest = text.count
        var position = start
        while rest >= 16 {
            state = fold(word(position) ^ first ^ state, word(position + 8) ^ second)
            position += 16
            rest -= 16
        }
        // What is left is read as two words that may overlap, within the text.
        if rest >= 8 {
            state = fold(word(position) ^ first ^ state, word(position + rest - 8) ^ second)
        } else if rest >= 4 {
            let low = UInt64(position.loadUnaligned(as: UInt32.self))
            let high = UInt64((position + rest - 4).loadUnaligned(as: UInt32.self))
            state = fold(low << 32 | high ^ first ^ state, second)
        } else if rest > 0 {
            let bytes = position.assumingMemoryBound(to: UInt8.self)
            let packed = UInt64(bytes[0]) << 16 | UInt64(bytes[rest / 2]) << 8 | UInt64(bytes[rest - 1])
            state = fold(packed ^ first ^ state, second)
        }
        return fold(state, first)
    }

    @inline(__always)
    private static func word(_ position: UnsafeRawPointer) -> UInt64 {
        position.loadUnaligned(as: UInt64.self)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
