/// The units that promlint knows; ours (`UnitTable`) knows more, and finds `mebibytes`, which promlint misses.
enum PromlintUnits {
    /// The first word of a name that is a unit, where that is not a base unit.
    static func nonBaseUnit(in name: String) -> (unit: String, base: String)? {
        for word in name.split(separator: "_", omittingEmptySubsequences: false).map(String.init) {
            guard let base = base(of: word) else { continue }
            return base == word ? nil : (word, base)
        }
        return nil
    }

    static let abbreviations = ["s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d"]

    private static func base(of word: String) -> String? {
        if let base = bases[word] { return base }
        for prefix in prefixes where word.hasPrefix(prefix) {
            if let base = bases[String(word.dropFirst(prefix.count))] { return base }
        }
        return nil
    }

    private static let bases = [
        "amperes": "amperes", "bytes": "bytes", "celsius": "celsius", "grams": "grams", "joules": "joules",
        "kelvin": "kelvin", "meters": "meters", "metres": "metres", "seconds": "seconds", "volts": "volts",
        "minutes": "seconds", "hours": "seconds", "days": "seconds", "weeks": "seconds", "kelvins": "kelvin",
        "fahrenheit": "celsius", "rankine": "celsius", "inches": "meters", "yards": "meters", "miles": "meters",
        "bits": "bytes", "calories": "joules", "pounds": "grams", "ounces": "grams",
    ]

    private static let prefixes = [
        "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mibi", "giga",
        "gibi", "tera", "tebi", "peta", "pebi",
    ]
}
