/// A definition as an import writes it.
struct ImportedMetric {
    var name: String
    var type: MetricType
    var documentation: String
    var unit: String?
    var labels: [String] = []
    /// The finite bounds of a histogram; `nil` where nothing is known of them.
    var buckets: [Double]?
    var states: [String] = []
    var maxSeries: Int?
    var swiftName: String?

    /// Where the family stands in the scrape.
    var place: ByteRange
    /// How often a rule was given way to.
    var repairs = 0

    /// The lines of the definition, without a line feed at the end.
    var lines: [String] {
        var lines = [
            "  - name: \(YAMLText.scalar(name))",
            "    type: \(type.rawValue)",
            "    documentation: \(YAMLText.scalar(documentation))",
        ]
        if let unit { lines.append("    unit: \(YAMLText.scalar(unit))") }
        if !labels.isEmpty { lines.append("    labels: \(YAMLText.list(labels))") }
        if type == .histogram, let buckets {
            lines.append("    buckets: [\(buckets.map(ResolvedNumber.text).joined(separator: ", "))]")
        }
        if type == .stateset { lines.append("    states: \(YAMLText.list(states))") }
        if let maxSeries { lines.append("    max_series: \(maxSeries)") }
        if let swiftName { lines.append("    swift_name: \(YAMLText.scalar(swiftName))") }
        return lines
    }
}

/// Text as YAML.
enum YAMLText {
    static func list(_ items: [String]) -> String { "[" + items.map(scalar).joined(separator: ", ") + "]" }

    /// A scalar that reads as this text: plain where nothing in it has a meaning, else in double quotes.
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetter(first), text.last != " " else { return false }
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
        guard !words.contains(text.lowercased()) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            isLetter(scalar) || ("0"..."9").contains(scalar) || " _-/.()'%+*=;<>".unicodeScalars.contains(scalar)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
            let mark = scalar.value <= 0xFF ? "x" : scalar.value <= 0xFFFF ? "u" : "U"
            return "\\" + mark + String(repeating: "0", count: width - digits.utf8.count) + digits
        default: return String(Character(scalar))
        }
    }
}
