/// What Swift takes as a name, and what it needs backticks for.
package enum SwiftIdentifier {
    /// Words of the grammar that a name may only be in backticks.
    private static let keywords: Set<String> = [
        "Any", "Self", "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard",
        "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
        "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Words that begin an expression in some places, so that a variable of that name would be misread.
    private static let expressionWords: Set<String> = [
        "any", "async", "await", "borrow", "consume", "copy", "discard", "each", "some", "throw", "try", "unsafe",
    ]

    /// Keywords that even an argument label is written with backticks for.
    private static let modifiers: Set<String> = ["inout", "let", "var"]

    /// Types that generated code and every user's code names; a type of the same name would hide them.
    package static let reservedTypes: Set<String> = [
        // The language.
        "Any", "Self", "Type", "Protocol",
        // The standard library.
        "Actor", "AnyObject", "Array", "Bool", "CaseIterable", "Character", "Clock", "Codable", "Collection",
        "Comparable", "Decodable", "Decoder", "Dictionary", "Double", "Duration", "Encodable", "Encoder", "Equatable",
        "Error", "Executor", "Float", "Hashable", "Hasher", "Identifiable", "Int", "IteratorProtocol", "MainActor",
        "Mirror", "Never", "Optional", "Range", "RawRepresentable", "Result", "Sendable", "Sequence", "Set", "Slice",
        "String", "Substring", "Task", "TaskGroup", "UInt", "UInt8", "UInt32", "UInt64", "Unicode", "Void",
        // The runtime.
        "ClosedLabel", "CounterChild", "CounterMetric", "GaugeChild", "GaugeMetric", "HistogramChild",
        "HistogramMetric", "InfoChild", "InfoMetric", "Metric", "MetricDescriptor", "MetricFamily", "MetricSnapshot",
        "MetricType",
        "MetricsEnvironment", "MetricsRegistry", "MetricsRuntime", "MostRecentGaugeChild", "MostRecentGaugeMetric",
        "MultiprocessMode", "StateSetChild", "StateSetMetric", "SummaryChild", "SummaryMetric", "UnknownChild",
        "UnknownMetric",
        // Generic parameters of generated code.
        "BodyFailure", "BodyResult",
    ]

    /// Members that every closed set has, and words that no member may be called by, even in backticks.
    package static let reservedCases: Set<String> = ["allCases", "allValues", "Type", "Protocol"]

    /// Whether a text is a name, keywords included: ASCII letters, digits and `_`, no digit first.
    package static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
            && text.utf8.contains { $0 != UInt8(ascii: "_") }
    }

    /// Whether a text is a type's name by Swift's conventions: it begins with an upper case letter.
    package static func isValidType(_ text: String) -> Bool {
        isValid(text) && text.utf8.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } == true
    }

    /// The name as code must write it: keywords stand in backticks.
    package static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

    /// Whether a name can stand for a variable everywhere without backticks.
    package static func isPlainVariable(_ name: String) -> Bool {
        !keywords.contains(name) && !expressionWords.contains(name)
    }

    /// The name as the label of a parameter: most keywords may stand there as they are.
    package static func escapedArgumentLabel(_ name: String) -> String {
        modifiers.contains(name) ? "`\(name)`" : name
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
