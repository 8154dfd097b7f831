extension FloatText {
    /// Writes a number of observations: digits alone, as OpenMetrics wants buckets and counts; what is no such number goes
    /// as any other.
    ///
    /// The memory has room for ``maximumLength`` bytes. Returns how many were written.
    static func writeCount(_ value: Double, to output: UnsafeMutablePointer<UInt8>) -> Int {
        // From 2^63 on a double has no whole digits that mean anything.
        guard value >= 0, value < 0x1p63, value == value.rounded(.down) else {
            return write(value, .openMetrics, to: output)
        }
        var rest = UInt64(value)
        var length = 0
        repeat {
            output[length] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            length += 1
        } while rest > 0
        for index in 0..<length / 2 {
            let other = length - 1 - index
            (output[index], output[other]) = (output[other], output[index])
        }
        return length
    }
}
