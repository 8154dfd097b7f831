import MetricDefinitions

/// Definitions that are valid, and whose names and texts try to break the Swift that is made of them.
///
/// The same seed gives the same text.
struct HostileDefinitions {
    private static let words = [
        "Any", "Self", "Type", "Protocol", "actor", "any", "as", "associatedtype", "async", "await", "borrow", "break",
        "case", "catch", "class", "consume", "continue", "copy", "default", "defer", "deinit", "didSet", "do",
        "dynamic",
        "each", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "final", "for", "func", "get",
        "guard", "if", "import", "in", "indirect", "init", "inout", "internal", "is", "isolated", "lazy", "let", "left",
        "macro", "metric", "mutating", "name", "nil", "none", "nonisolated", "open", "operator", "optional", "override",
        "package", "postfix", "precedence", "precedencegroup", "private", "protocol", "public", "repeat", "required",
        "rethrows", "return", "right", "self", "sending", "set", "some", "static", "storage", "struct", "subscript",
        "super", "switch", "then", "throw", "throws", "true", "try", "type", "typealias", "unowned", "unsafe", "value",
        "var", "weak", "where", "while", "willSet", "yield", "documentation", "label_names", "labels", "amount", "body",
        "child", "closed", "duration", "found", "index", "is_on", "isolation", "series", "state", "family", "registry",
        "inc", "dec", "observe", "time", "existing", "remove", "by", "to", "2xx", "404", "9_9", "3d", "String", "Int",
        "Double", "Bool", "Error", "Result", "Task", "MetricsRuntime", "http_url_id",
    ]
    private static let texts = [
        "Größe 日本 🙂 ﷽", "quote \" backslash \\ end", "line one\nline two\n\nparagraph", "\u{202E}turned\u{2066}",
        "*/ /* // ``` `code` ", "\\(interpolation) \\u{41} #\"raw\"#", "{{mustache}} {{#section}}", "tab\tand\u{0}null",
        "\u{2028}\u{2029}\u{FEFF}", "- Parameter x: y", "a" + String(repeating: " very", count: 60) + " long one",
        String(repeating: "x", count: 200),
    ]
    private static let types = [
        "counter", "gauge", "mostrecent", "histogram", "summary", "info", "stateset", "unknown",
    ]

    private var random: SeededGenerator
    private var text = "namespace: h\nmetrics:\n"
    /// How a closed label is spelled: two that differ in case alone would be one type of Swift, and are refused.
    private var spellings: [String: String] = [:]

    private init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A file of `count` metrics.
    static func text(count: Int, seed: UInt64) -> String {
        var definitions = HostileDefinitions(seed: seed)
        for number in 0..<count { definitions.add(number) }
        return definitions.text
    }

    private mutating func add(_ number: Int) {
        let type = Self.types[number % Self.types.count]
        // Every word as it is first, then with numbers beside it.
        let isPlain = number < Self.words.count
        var stem = isPlain ? Self.words[number] : word()
        // As many letters as an identifier may have at most, digits first once the namespace is gone.
        if number % 50 == 7 { stem += "_" + String(repeating: "long", count: 45) }
        let name = "h_" + (isPlain ? stem : number % 3 == 0 ? "\(number)_\(stem)" : "\(stem)_\(number)")
        text += "  - name: \(suffixed(name, type))\n"
        let swiftName = SwiftCase.upperCamel(stem)
        // What cannot be a type's name is refused unless the definition gives another.
        if isPlain, SwiftIdentifier.reservedTypes.contains(swiftName) {
            text += "    swift_name: \(swiftName)Metric\(number)\n"
        }
        text += "    type: \(type == "mostrecent" ? "gauge" : type)\n"
        text +=
            "    documentation: \(literal(number % 4 == 0 ? Self.texts.randomElement(using: &random) ?? "" : stem))\n"
        if type == "mostrecent" { text += "    multiprocess_mode: mostrecent\n" }
        if type == "stateset" { text += "    states: [\(values(type).joined(separator: ", "))]\n" }
        if type == "histogram" {
            text += "    buckets: {linear: {start: 0.1, width: 0.1, count: \(number % 30 + 1)}}\n"
        }
        addLabels(type)
        if number % 5 == 0 {
            text += "    constant_labels: {constant: \(literal(Self.texts.randomElement(using: &random) ?? ""))}\n"
        }
        if number % 6 == 0 {
            let message = Self.texts.randomElement(using: &random) ?? ""
            text += "    deprecated: {since: \"2.0\", message: \(literal(message))}\n"
        }
    }

    private func suffixed(_ name: String, _ type: String) -> String {
        switch type {
        case "counter": name + "_total"
        case "info": name + "_info"
        default: name
        }
    }

    private mutating func addLabels(_ type: String) {
        var taken: Set<String> = []
        var labels: [String] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            var name = word()
            if name.first?.isNumber == true { name = "l" + name }
            // What differs in case alone may meet in Swift.
            guard taken.insert(name.lowercased()).inserted else { continue }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: labels.append("{name: \(quoted(name)), type: int}")
            case 1: labels.append("{name: \(quoted(name)), type: bool, documentation: \(literal(Self.texts[0]))}")
            case 2:
                // The same values for the same label, whoever has it: one type.
                let name = spellings[name.lowercased()] ?? name
                spellings[name.lowercased()] = name
                labels.append("{name: \(quoted("closed_" + name)), values: [\(values(name).joined(separator: ", "))]}")
            case 3: labels.append("{name: \(quoted(name)), max_values: 3}")
            default: labels.append(quoted(name))
            }
        }
        if !labels.isEmpty { text += "    labels: [\(labels.joined(separator: ", "))]\n" }
    }

    /// Values whose names in Swift differ; a function of the seed text alone.
    private func values(_ seed: String) -> [String] {
        let start = seed.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % Self.words.count }
        var taken: Set<String> = ["allcases", "allvalues"]
        var values: [String] = []
        for index in 0..<12 {
            let word = Self.words[(start + index * 7) % Self.words.count]
            guard taken.insert(word.lowercased().filter(\.isLetter)).inserted else { continue }
            values.append(quoted(word))
        }
        return values
    }

    private mutating func word() -> String { Self.words.randomElement(using: &random) ?? "word" }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }

    /// A double-quoted scalar of YAML.
    private func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case _ where scalar.value < 0x20 || (0x2000...0x206F).contains(scalar.value) || scalar.value == 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}

/// A generator of which the seed decides every number.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
