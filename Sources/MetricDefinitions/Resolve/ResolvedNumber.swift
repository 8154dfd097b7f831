/// Numbers as text.
package enum ResolvedNumber {
    /// The shortest text that reads back as the same number, without a fraction where it has none: `1`, `0.25`, `+Inf`.
    package static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
