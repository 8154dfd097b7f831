/// What a word says about a unit.
struct UnitWord: Sendable, Equatable {
    enum Kind: Sendable {
        /// A unit that Prometheus' conventions use.
        case base
        /// Another unit of the same dimension, prefixes included.
        case derived
        case abbreviation
        case singular
        case percent
    }

    var kind: Kind
    /// The unit to use instead; itself for a base unit.
    var base: String
    /// By what a value is multiplied to be in the base unit, as text; empty where that is no mere factor.
    var factor = ""
}

/// Units, and words that stand for them.
enum UnitTable {
    /// What a lower case word of a name says; `nil` where it is no unit.
    static func word(_ word: String) -> UnitWord? {
        if let known = words[word] { return known }
        // The shortest prefix and the shortest unit have seven letters together: 'exabits'.
        guard word.utf8.count >= 7, let first = word.utf8.first, let prefixes = prefixesByLetter[first] else {
            return nil
        }
        for (prefix, factor) in prefixes where word.utf8.starts(with: prefix.utf8) {
            let rest = String(word.dropFirst(prefix.utf8.count))
            if let unit = words[rest], unit.kind == .base || unit.kind == .derived, !unprefixed.contains(rest) {
                let isPlain = unit.kind == .base && !unit.base.isEmpty
                return UnitWord(kind: .derived, base: unit.base, factor: isPlain ? factor : "")
            }
        }
        return nil
    }

    /// The base unit of a unit by its full name or its abbreviation.
    static func base(of unit: String) -> String? { word(unit)?.base }

    private static let words: [String: UnitWord] = {
        var words: [String: UnitWord] = [:]
        for unit in bases { words[unit] = UnitWord(kind: .base, base: unit) }
        for (unit, base, factor) in derived { words[unit] = UnitWord(kind: .derived, base: base, factor: factor) }
        for (unit, base, factor) in abbreviations {
            words[unit] = UnitWord(kind: .abbreviation, base: base, factor: factor)
        }
        for (unit, base) in singulars { words[unit] = UnitWord(kind: .singular, base: base) }
        for unit in ["percent", "percentage", "pct"] {
            words[unit] = UnitWord(kind: .percent, base: "ratio", factor: "0.01")
        }
        return words
    }()

    /// Prometheus' base units, and others that it has none for.
    private static let bases = [
        "seconds", "bytes", "meters", "metres", "grams", "joules", "volts", "amperes", "celsius", "kelvin", "ratio",
        "hertz", "pixels", "watts", "decibels", "moles", "pascals", "newtons", "ohms", "lumens", "lux", "radians",
        "degrees", "revolutions",
    ]

    private static let derived: [(unit: String, base: String, factor: String)] = [
        ("minutes", "seconds", "60"), ("hours", "seconds", "3600"), ("days", "seconds", "86400"),
        ("weeks", "seconds", "604800"), ("fahrenheit", "celsius", ""), ("rankine", "celsius", ""),
        ("kelvins", "kelvin", "1"), ("inches", "meters", "0.0254"), ("feet", "meters", "0.3048"),
        ("yards", "meters", "0.9144"), ("miles", "meters", "1609.344"), ("bits", "bytes", "0.125"),
        ("calories", "joules", "4.184"), ("pounds", "grams", "453.59237"), ("ounces", "grams", "28.349523125"),
    ]

    private static let abbreviations: [(unit: String, base: String, factor: String)] = [
        ("s", "seconds", "1"), ("sec", "seconds", "1"), ("secs", "seconds", "1"), ("ms", "seconds", "0.001"),
        ("msec", "seconds", "0.001"), ("us", "seconds", "0.000001"), ("usec", "seconds", "0.000001"),
        ("ns", "seconds", "0.000000001"), ("nsec", "seconds", "0.000000001"), ("min", "seconds", "60"),
        ("mins", "seconds", "60"), ("h", "seconds", "3600"), ("d", "seconds", "86400"), ("b", "bytes", "1"),
        ("kb", "bytes", "1000"), ("mb", "bytes", "1000000"), ("gb", "bytes", "1000000000"),
        ("tb", "bytes", "1000000000000"), ("pb", "bytes", "1000000000000000"), ("kib", "bytes", "1024"),
        ("mib", "bytes", "1048576"), ("gib", "bytes", "1073741824"), ("tib", "bytes", "1099511627776"),
        ("m", "meters", "1"),
    ]

    private static let singulars: [(unit: String, base: String)] = [
        ("second", "seconds"), ("byte", "bytes"), ("meter", "meters"), ("metre", "metres"), ("gram", "grams"),
        ("joule", "joules"), ("volt", "volts"), ("ampere", "amperes"), ("ratios", "ratio"), ("watt", "watts"),
        ("pixel", "pixels"),
    ]

    /// Units that take no prefix.
    private static let unprefixed: Set<String> = ["ratio", "pixels", "degrees", "revolutions", "minutes", "hours"]

    private static let prefixesByLetter = Dictionary(grouping: prefixes) { $0.prefix.utf8.first ?? 0 }

    private static let prefixes: [(prefix: String, factor: String)] = [
        ("pico", "1e-12"), ("nano", "1e-9"), ("micro", "0.000001"), ("milli", "0.001"), ("centi", "0.01"),
        ("deci", "0.1"), ("deca", "10"), ("hecto", "100"), ("kilo", "1000"), ("kibi", "1024"), ("mega", "1000000"),
        ("mebi", "1048576"), ("giga", "1000000000"), ("gibi", "1073741824"), ("tera", "1e12"), ("tebi", "1024^4"),
        ("peta", "1e15"), ("pebi", "1024^5"), ("exa", "1e18"), ("exbi", "1024^6"),
    ]
}
