/// The number in a bucket's `le`, in the spellings that Python's `float()` takes.
enum BucketBound {
    /// The number; `nil` where the text is none, or is not a number by name.
    static func parse(_ text: some Sequence<UInt8>) -> Double? {
        var bytes = Array(text)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        bytes = Array(bytes.drop(while: isSpace))
        let unsigned = bytes.first.map { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } == true ? 1 : 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        let word = String(decoding: bytes.dropFirst(unsigned), as: UTF8.self).lowercased()
        if word == "inf" || word == "infinity" { return isNegative ? -.infinity : .infinity }
        guard let digits = withoutUnderscores(bytes.dropFirst(unsigned)), isDecimal(digits) else { return nil }
        let value = Double(String(decoding: digits, as: UTF8.self))
        return value.map { isNegative ? -$0 : $0 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The text without the underscores between its digits; `nil` where one stands elsewhere.
    private static func withoutUnderscores(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        for (index, byte) in zip(text.indices, text) {
            guard byte == UInt8(ascii: "_") else {
                digits.append(byte)
                continue
            }
            guard index > text.startIndex, index + 1 < text.endIndex, isDigit(text[index - 1]), isDigit(text[index + 1])
            else { return nil }
        }
        return digits
    }

    /// Whether the text is `digits[.digits][e[+-]digits]` with a digit in front of the exponent.
    ///
    /// Swift's own conversion takes more, such as hexadecimal numbers.
    private static func isDecimal(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: isDigit)
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard !rest.isEmpty else { return false }
            rest = rest.drop(while: isDigit)
        }
        return rest.isEmpty
    }
}
