/// Reads the keys of one mapping, and reports those that it does not know.
struct MappingReader {
    let entries: [YAMLEntry]
    let span: SourceSpan
    /// What the mapping describes, for messages: `a metric`.
    let subject: String

    /// Reports a node that is no mapping, and keys that are not among `known`.
    init?(_ node: YAMLNode, _ subject: String, known: [String], into sink: inout DiagnosticSink) {
        guard case .mapping(let entries) = node.content else {
            sink.report(
                KeyRules.wrongType,
                at: node.span,
                "\(subject) must be a mapping, found \(node.kindDescription)"
            )
            return nil
        }
        self.entries = entries
        span = node.span
        self.subject = subject
        for entry in entries where !known.contains(entry.key.value) {
            sink.report(
                KeyRules.unknownKey,
                at: entry.key.span,
                "'\(entry.key.value)' is not a key of \(subject); its keys are \(known.joined(separator: ", "))",
                suggestion: Suggestion.didYouMean(entry.key.value, in: known)
            )
        }
    }

    /// The first key, where what is missing is reported; the mapping itself where it is empty.
    var firstKey: SourceSpan { entries.first?.key.span ?? span }

    func value(_ key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }

    func keySpan(_ key: String) -> SourceSpan? { entries.first { $0.key.value == key }?.key.span }

    /// Reports each of `keys` that is absent.
    func require(_ keys: String..., into sink: inout DiagnosticSink) {
        for key in keys where keySpan(key) == nil {
            // A key that was misspelt is reported once, as unknown.
            let known = entries.contains { Suggestion.nearest(to: $0.key.value, in: [key]) != nil }
            let hint = known ? " (is it misspelt?)" : ""
            sink.report(KeyRules.missingKey, at: firstKey, "\(subject) needs the key '\(key)'\(hint)")
        }
    }

    /// A text; numbers and booleans are refused, so that they are quoted where they are meant as text.
    func text(_ key: String, into sink: inout DiagnosticSink) -> Located<String>? {
        guard let node = value(key) else { return nil }
        return NodeReader.text(node, "'\(key)'", into: &sink)
    }

    /// A text for which the form of a number will do: a version, a label's value.
    func anyText(_ key: String, into sink: inout DiagnosticSink) -> Located<String>? {
        guard let node = value(key) else { return nil }
        return NodeReader.anyText(node, "'\(key)'", into: &sink)
    }

    /// A whole number of at least 1.
    func count(_ key: String, into sink: inout DiagnosticSink) -> Located<Int>? {
        guard let node = value(key) else { return nil }
        guard case .scalar(let scalar) = node.content, case .int(let number) = scalar.value else {
            let digits: String
            if case .scalar(let scalar) = node.content {
                digits = scalar.text.filter { $0 != "_" }
            } else {
                digits = ""
            }
            sink.report(
                KeyRules.wrongType,
                at: node.span,
                "'\(key)' must be a whole number, found \(node.kindDescription)",
                suggestion: Int(digits).map { "write \($0)" }
            )
            return nil
        }
        guard number >= 1, number <= Int(Int32.max) else {
            sink.report(KeyRules.outOfRange, at: node.span, "'\(key)' is \(number); it must be from 1 to \(Int32.max)")
            return nil
        }
        return Located(number, node.span)
    }

    /// One of the cases of an enumeration, by its raw value.
    func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ key: String,
        _ description: String,
        of type: Choice.Type,
        into sink: inout DiagnosticSink
    ) -> Located<Choice>? where Choice.RawValue == String {
        guard let text = text(key, into: &sink) else { return nil }
        if let choice = Choice(rawValue: text.value) { return Located(choice, text.span) }
        let names: [String] = Choice.allCases.map(\.rawValue)
        sink.report(
            KeyRules.unknownValue,
            at: text.span,
            "unknown \(description) '\(text.value)'; allowed: \(names.joined(separator: ", "))",
            suggestion: Suggestion.didYouMean(text.value, in: names)
        )
        return nil
    }

    /// The items of a list, or nothing.
    func items(_ key: String, into sink: inout DiagnosticSink) -> [YAMLNode]? {
        guard let node = value(key) else { return nil }
        guard case .sequence(let items) = node.content else {
            sink.report(KeyRules.wrongType, at: node.span, "'\(key)' must be a list, found \(node.kindDescription)")
            return nil
        }
        return items
    }
}

/// Reads values that are no mappings.
enum NodeReader {
    static func text(_ node: YAMLNode, _ subject: String, into sink: inout DiagnosticSink) -> Located<String>? {
        if case .scalar(let scalar) = node.content, case .string = scalar.value {
            return Located(scalar.text, node.span)
        }
        var suggestion: String?
        if case .scalar(let scalar) = node.content, !scalar.text.isEmpty { suggestion = "write \"\(scalar.text)\"" }
        sink.report(
            KeyRules.wrongType,
            at: node.span,
            "\(subject) must be text, found \(node.kindDescription)",
            suggestion: suggestion
        )
        return nil
    }

    static func anyText(_ node: YAMLNode, _ subject: String, into sink: inout DiagnosticSink) -> Located<String>? {
        if case .scalar(let scalar) = node.content, scalar.value != .null { return Located(scalar.text, node.span) }
        return text(node, subject, into: &sink)
    }

    /// A number; the infinities also in Prometheus' spelling.
    static func number(_ node: YAMLNode, _ subject: String, into sink: inout DiagnosticSink) -> Located<Double>? {
        if case .scalar(let scalar) = node.content {
            switch scalar.value {
            case .int(let number): return Located(Double(number), node.span)
            case .float(let number): return Located(number, node.span)
            case .null, .bool: break
            case .string:
                switch scalar.text {
                case "+Inf", "Inf", "inf", "+inf": return Located(.infinity, node.span)
                case "-Inf", "-inf": return Located(-.infinity, node.span)
                case "NaN", "nan": return Located(.nan, node.span)
                default: break
                }
            }
        }
        sink.report(KeyRules.wrongType, at: node.span, "\(subject) must be a number, found \(node.kindDescription)")
        return nil
    }
}
