/// String literals of Python.
enum PythonText {
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default:
                if SwiftText.isVisible(scalar) {
                    literal.unicodeScalars.append(scalar)
                } else if scalar.value <= 0xFFFF {
                    literal += "\\u" + JSONText.hexadecimal(scalar.value, digits: 4)
                } else {
                    literal += "\\U" + JSONText.hexadecimal(scalar.value, digits: 8)
                }
            }
        }
        return literal + "\""
    }

    private static let keywords: Set<String> = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
        // What generated modules name and use themselves.
        "BaseMetric", "CollectorRegistry", "Counter", "Enum", "Gauge", "Histogram", "Info", "MetricMeta", "Summary",
        "ValueError",
    ]

    /// A name that is no keyword, and none that generated modules use.
    static func name(_ name: String) -> String { keywords.contains(name) ? name + "_" : name }
}
