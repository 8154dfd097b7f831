/// Numbers as both formats write them.
enum ScrapeNumber {
    /// A sample's value, or `nil`.
    ///
    /// Decimal with an optional exponent, or `Inf`, `Infinity` and `NaN` in any case. Hexadecimal, underscores, and
    /// numbers beyond the range of a double are none.
    static func value(_ text: ArraySlice<UInt8>) -> Double? {
        if isDecimal(text) {
            guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return nil }
            return number
        }
        guard text.count <= "+infinity".utf8.count else { return nil }
        var word = String(decoding: text, as: UTF8.self).lowercased()[...]
        if word == "nan" { return .nan }
        var sign = 1.0
        if word.first == "+" || word.first == "-" { sign = word.removeFirst() == "-" ? -1 : 1 }
        return word == "inf" || word == "infinity" ? sign * .infinity : nil
    }

    /// `[+-]? ( digits ( . digits? )? | . digits ) ( [eE] [+-]? digits )?`
    static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if let sign = rest.first, isSign(sign) { rest.removeFirst() }
        let whole = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(whole)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
        }
        guard whole + fraction > 0 else { return false }
        if let letter = rest.first, letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") {
            rest.removeFirst()
            if let sign = rest.first, isSign(sign) { rest.removeFirst() }
            let exponent = rest.prefix(while: isDigit).count
            guard exponent > 0 else { return false }
            rest = rest.dropFirst(exponent)
        }
        return rest.isEmpty
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
}

/// A sample's timestamp, exact to a nanosecond where it is written without an exponent.
struct ScrapeTimestamp: Sendable, Hashable, Comparable {
    private var seconds: Double
    private var nanoseconds: Int

    /// Seconds, as OpenMetrics writes them; `nil` for what is no finite decimal.
    init?(seconds text: ArraySlice<UInt8>) {
        guard ScrapeNumber.isDecimal(text), let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite
        else { return nil }
        let hasExponent = text.contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        let point = text.firstIndex(of: UInt8(ascii: "."))
        seconds = number.rounded(.towardZero)
        guard let point, !hasExponent else {
            nanoseconds = hasExponent ? Int((number - seconds) * 1e9) : 0
            return
        }
        var digits = 0
        var fraction = text[(point + 1)...].prefix(9)
        for _ in 0..<9 { digits = digits * 10 + Int((fraction.popFirst() ?? UInt8(ascii: "0")) - UInt8(ascii: "0")) }
        nanoseconds = text.first == UInt8(ascii: "-") ? -digits : digits
        // A fraction that rounds up to a whole number of seconds must not count twice.
        if let whole = Double(String(decoding: text[..<point], as: UTF8.self)) { seconds = whole }
    }

    /// Milliseconds, as text 0.0.4 writes them; `nil` for what is no integer of 64 bits.
    init?(milliseconds text: ArraySlice<UInt8>) {
        var digits = text
        if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy(ScrapeNumber.isDigit) else { return nil }
        guard let number = Int64(String(decoding: text, as: UTF8.self)) else { return nil }
        seconds = Double(number / 1000)
        nanoseconds = Int(number % 1000) * 1_000_000
    }

    static func < (left: ScrapeTimestamp, right: ScrapeTimestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
