/// Numbers as the exposition formats and Python's client spell them: the shortest digits that give the same double.
package enum FloatText {
    /// Which client's spelling.
    package enum Style: Sendable {
        /// Text 0.0.4, as Go's clients write values: `10`, `1e+06`, `-1.5e+06`, `0` for a negative zero.
        case text
        /// OpenMetrics, as Go's clients write values: the same with a `.0` where there is neither a point nor an `e`.
        case openMetrics
        /// Python's `floatToGoString`: `10.0`, `1e+06`; below zero it stays with Python's own `-1000000.0` and `-0.0`.
        ///
        /// This is the `le` of a bucket, whose text is part of the series' identity.
        case python
    }

    /// The most bytes that any number takes, in any style.
    package static let maximumLength = 32

    /// Appends a number.
    package static func append(_ value: Double, _ style: Style, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { buffer in
            guard let start = buffer.baseAddress else { return }
            let length = write(value, style, to: start)
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
        }
    }

    /// The number's text.
    package static func string(_ value: Double, _ style: Style) -> String {
        var bytes: [UInt8] = []
        append(value, style, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a number to memory with room for ``maximumLength`` bytes, and returns how many it wrote.
    package static func write(_ value: Double, _ style: Style, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let magnitude = value.magnitude
        // Most values are counts. Zero goes the long way, for its sign.
        if magnitude < 1_000_000, magnitude > 0 {
            let whole = Int(magnitude)
            if Double(whole) == magnitude {
                var end = output
                if value < 0 { end = put(UInt8(ascii: "-"), at: end) }
                end = putInteger(UInt64(truncatingIfNeeded: whole), at: end)
                if style != .text { end = putPointZero(at: end) }
                return end - output
            }
            if magnitude >= 0.001, let length = writeFewDecimals(value, magnitude, to: output) { return length }
        }
        return writeAny(value, magnitude, style, to: output)
    }

    /// Writes a number of at most six decimals and 15 digits in all, or nothing.
    ///
    /// Two decimals of up to 15 digits never mean the same double, so one that gives the value back is the shortest.
    private static func writeFewDecimals(
        _ value: Double,
        _ magnitude: Double,
        to output: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        let scaled = (magnitude * 1_000_000).rounded()
        guard scaled / 1_000_000 == magnitude else { return nil }
        let digits = UInt64(scaled)
        var (whole, rest) = digits.quotientAndRemainder(dividingBy: 1_000_000)
        var end = output
        if value < 0 { end = put(UInt8(ascii: "-"), at: end) }
        end = putInteger(whole, at: end)
        end = put(UInt8(ascii: "."), at: end)
        var places = 6
        while rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        let last = end + places
        for place in 1...places {
            (rest, whole) = rest.quotientAndRemainder(dividingBy: 10)
            last[-place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole)
        }
        return last - output
    }

    private static func writeAny(
        _ value: Double,
        _ magnitude: Double,
        _ style: Style,
        to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard value.isFinite else {
            let text: StaticString = value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
            output.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
            return text.utf8CodeUnitCount
        }
        var end = output
        if value.sign == .minus, value != 0 || style == .python { end = put(UInt8(ascii: "-"), at: end) }
        if magnitude == 0 {
            end = put(UInt8(ascii: "0"), at: end)
            if style != .text { end = putPointZero(at: end) }
            return end - output
        }
        // Swift's own text is already right from 0.0001 to below a million, where no style has an exponent.
        if magnitude >= 0.0001, magnitude < 1_000_000 {
            return end - output + ShortestText.write(magnitude, to: end)
        }
        // Go switches to exponents at a million; Python does so at 10^16, and its client corrects positive numbers only.
        let largestPlain = style == .python && value < 0 ? 16 : 6
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ShortestText.capacity) { buffer in
            guard let text = buffer.baseAddress else { return 0 }
            let digits = DecimalDigits(readingInPlace: text, count: ShortestText.write(magnitude, to: text))
            if digits.exponent < -4 || digits.exponent >= largestPlain {
                end = putScientific(digits, at: end)
            } else {
                end = putPlain(digits, at: end)
                if digits.count <= digits.exponent + 1, style != .text { end = putPointZero(at: end) }
            }
            return end - output
        }
    }

    /// Writes `d.ddde+XX`.
    private static func putScientific(
        _ digits: DecimalDigits,
        at start: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var end = put(digits[0], at: start)
        if digits.count > 1 {
            end = put(UInt8(ascii: "."), at: end)
            for index in 1..<digits.count { end = put(digits[index], at: end) }
        }
        end = put(UInt8(ascii: "e"), at: end)
        end = put(digits.exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"), at: end)
        let exponent = UInt64(digits.exponent.magnitude)
        if exponent < 10 { end = put(UInt8(ascii: "0"), at: end) }
        return putInteger(exponent, at: end)
    }

    /// Writes the digits in front of the point, filled up with zeros, then the point and the rest where there is one.
    private static func putPlain(
        _ digits: DecimalDigits,
        at start: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var end = start
        for index in 0...max(digits.exponent, 0) {
            end = put(index < digits.count ? digits[index] : UInt8(ascii: "0"), at: end)
        }
        if digits.count > digits.exponent + 1 {
            end = put(UInt8(ascii: "."), at: end)
            for index in digits.exponent + 1..<digits.count { end = put(digits[index], at: end) }
        }
        return end
    }

    // MARK: Bytes

    @inline(__always)
    private static func put(_ byte: UInt8, at output: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        output.pointee = byte
        return output + 1
    }

    @inline(__always)
    private static func putPointZero(at output: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        put(UInt8(ascii: "0"), at: put(UInt8(ascii: "."), at: output))
    }

    @inline(__always)
    private static func putInteger(
        _ number: UInt64,
        at output: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var length = 1
        var limit: UInt64 = 10
        while number >= limit, length < 19 {
            length += 1
            limit &*= 10
        }
        var rest = number
        var index = length
        repeat {
            index &-= 1
            output[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while index > 0
        return output + length
    }
}
