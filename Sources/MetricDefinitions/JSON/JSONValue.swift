/// A JSON value whose members keep their order, so that the same input gives the same bytes.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONMembers)

    /// An object of the members that are present.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(JSONMembers(members.compactMap { key, value in value.map { (key, $0) } }))
    }

    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// The text on one line.
    package var line: String {
        var text = ""
        write(into: &text, indent: nil)
        return text
    }

    /// The text with one member a line, and a line break at its end.
    package var pretty: String {
        var text = ""
        write(into: &text, indent: 0)
        return text + "\n"
    }

    private func write(into text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        // JSON has no infinities and no NaN; as text they are at least readable.
        case .number(let value):
            let digits = ResolvedNumber.text(value)
            if value.isFinite { text += digits } else { Self.write(digits, into: &text) }
        case .string(let value): Self.write(value, into: &text)
        case .array(let values):
            Self.write(values, "[", "]", into: &text, indent) { value, text, indent in
                value.write(into: &text, indent: indent)
            }
        case .object(let list):
            Self.write(list.members, "{", "}", into: &text, indent) { member, text, indent in
                Self.write(member.key, into: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(into: &text, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        _ open: String,
        _ close: String,
        into text: inout String,
        _ indent: Int?,
        _ body: (Element, inout String, Int?) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
            body(element, &text, indent.map { $0 + 1 })
        }
        if let indent, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
        text += close
    }

    private static func write(_ value: String, into text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

/// The members of an object in their order.
package struct JSONMembers: Sendable, Equatable {
    package var members: [(key: String, value: JSONValue)]

    package init(_ members: [(String, JSONValue)]) { self.members = members.map { (key: $0.0, value: $0.1) } }

    package static func == (left: JSONMembers, right: JSONMembers) -> Bool {
        left.members.elementsEqual(right.members) { $0.key == $1.key && $0.value == $1.value }
    }
}
