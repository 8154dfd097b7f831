/// A scalar: its text, and whether YAML's rules for plain scalars apply to it.
package struct YAMLScalar: Sendable, Hashable {
    /// What a plain scalar means by the core schema of YAML 1.2.
    package enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        case int(Int)
        case float(Double)
        case string
    }

    /// The text, with escapes and line folding resolved.
    package var text: String
    /// Whether it was written without quotes, not as a block, and without the tag `!!str`.
    package var isPlain: Bool

    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// What the scalar means.
    ///
    /// Only the core schema's forms count: `no`, `1_000` and `12:30` are text.
    package var value: Value {
        guard isPlain, Self.mayBeSpecial(text) else { return .string }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: break
        }
        if let number = Self.parseInt(text) { return .int(number) }
        if let number = Self.parseFloat(text) { return .float(number) }
        return .string
    }

    /// Whether a text begins as a null, a boolean or a number does; most are told apart by that alone.
    private static func mayBeSpecial(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        return switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
            UInt8(ascii: "F"):
            text.utf8.count <= 5
        default: false
        }
    }

    /// What the scalar is, in the words of a diagnostic.
    package var kindDescription: String {
        switch value {
        case .null: "nothing"
        case .bool: "the boolean '\(text)'"
        case .int, .float: "the number '\(text)'"
        case .string: text.isEmpty ? "an empty text" : "the text '\(text)'"
        }
    }

    /// `[-+]?[0-9]+`, `0o[0-7]+` or `0x[0-9a-fA-F]+`, where it fits in 64 bits.
    private static func parseInt(_ text: String) -> Int? {
        if text.utf8.starts(with: "0o".utf8) { return parseDigits(text.dropFirst(2), radix: 8) }
        if text.utf8.starts(with: "0x".utf8) { return parseDigits(text.dropFirst(2), radix: 16) }
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        return Int(text)
    }

    private static func parseDigits(_ digits: Substring, radix: Int) -> Int? {
        guard let first = digits.first, first != "+", first != "-" else { return nil }
        return Int(digits, radix: radix)
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, or an infinity.
    private static func parseFloat(_ text: String) -> Double? {
        var rest = Array(text.utf8)[...]
        var sign = 1.0
        if rest.first == UInt8(ascii: "-") { sign = -1 }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.last == UInt8(ascii: "f") || rest.last == UInt8(ascii: "F") {
            let isInfinite = [".inf", ".Inf", ".INF"].contains { rest.elementsEqual($0.utf8) }
            return isInfinite ? sign * .infinity : nil
        }

        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return nil }
            rest = rest.dropFirst(exponent.count)
        }
        guard rest.isEmpty else { return nil }
        return Double(text)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
