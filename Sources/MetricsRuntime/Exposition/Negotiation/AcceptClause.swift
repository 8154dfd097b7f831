/// One clause of an `Accept` or `Accept-Encoding` header: what is acceptable, its parameters, and how much it is wanted.
package struct AcceptClause: Sendable, Hashable {
    /// What is acceptable, in lower case, such as `text/plain` or `gzip`.
    package var value: String
    /// The parameters in their order, names in lower case, without `q`.
    package var parameters: [(name: String, value: String)]
    /// How much it is wanted, 0 (not at all) to 1.
    package var quality: Double

    /// More clauses than this no client sends that means them; the rest are not looked at.
    package static let mostClauses = 128

    /// The parameter of that name; the last one where there are several.
    package func parameter(_ name: String) -> String? {
        parameters.last { $0.name == name }?.value
    }

    /// The clauses of a header in its order.
    ///
    /// Takes any bytes: what cannot be read is left out, and a quality that is no number counts as 1.
    package static func parse(_ header: String) -> [AcceptClause] {
        var clauses: [AcceptClause] = []
        for part in split(header.utf8[...], at: UInt8(ascii: ",")) {
            guard clauses.count < mostClauses else { break }
            if let clause = clause(part) { clauses.append(clause) }
        }
        return clauses
    }

    /// The clauses that are wanted at all, the most wanted first; of equally wanted ones in the header's order.
    package static func preferred(_ header: String) -> [AcceptClause] {
        // Swift's sort is stable in fact, but nothing says so.
        parse(header).enumerated().filter { $0.element.quality > 0 }
            .sorted { ($0.element.quality, -$0.offset) > ($1.element.quality, -$1.offset) }
            .map(\.element)
    }

    private static func clause(_ text: Substring.UTF8View) -> AcceptClause? {
        var parts = split(text, at: UInt8(ascii: ";")).map(trimmed)
        guard !parts.isEmpty else { return nil }
        let value = String(parts.removeFirst()).lowercased()
        guard !value.isEmpty else { return nil }
        var clause = AcceptClause(value: value, parameters: [], quality: 1)
        for part in parts {
            guard let mark = part.firstIndex(of: "=") else { continue }
            let name = String(trimmed(part[..<mark].utf8)).lowercased()
            let content = unquoted(trimmed(part[part.index(after: mark)...].utf8))
            if name == "q" {
                clause.quality = quality(content)
            } else {
                clause.parameters.append((name, content))
            }
        }
        return clause
    }

    private static func quality(_ text: String) -> Double {
        // Swift reads more than decimal numbers, such as hexadecimal ones.
        let isDecimal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard isDecimal, let number = Double(text) else { return 1 }
        return min(1, max(0, number))
    }

    /// Cuts a text at a separator that is not between quotes.
    private static func split(_ text: Substring.UTF8View, at separator: UInt8) -> [Substring.UTF8View] {
        var parts: [Substring.UTF8View] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
                // No client sends that many; the caller looks at no more of them.
                if parts.count > mostClauses { return parts }
            }
            index = text.index(after: index)
        }
        parts.append(text[start...])
        return parts
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring {
        var text = text
        while let first = text.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { text.removeFirst() }
        while let last = text.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { text.removeLast() }
        return Substring(text)
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
            return String(text)
        }
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars.dropFirst().dropLast() {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        return result
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.value == right.value && left.quality == right.quality
            && left.parameters.elementsEqual(right.parameters) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(quality)
        for parameter in parameters {
            hasher.combine(parameter.name)
            hasher.combine(parameter.value)
        }
    }
}
