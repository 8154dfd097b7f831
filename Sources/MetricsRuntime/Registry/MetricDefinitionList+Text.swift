extension _MetricDefinitionList {
    /// No API: definitions as generated code holds them.
    ///
    /// One text compiles at no cost, where a call for each part of each definition takes the compiler milliseconds a
    /// metric. A line is a word and what it says; a metric begins with its type and name. Closed sets have names, so
    /// that metrics share them. In what a line says, `\\`, `\n` and `\r` stand for a backslash and line breaks. Words
    /// that are not known come from a newer generator, and are passed over.
    public mutating func add(_ text: String) {
        var sets: [Substring: [String]] = [:]
        var set: Substring?
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let end = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
            let word = Substring(line[..<end])
            let rest = Substring(end == line.endIndex ? line[end...] : line[line.index(after: end)...])
            if let type = MetricType(rawValue: String(word)) {
                begin(Self.unescaped(rest), type)
                continue
            }
            switch word {
            case "set": set = rest
            case "value": if let set { sets[set, default: []].append(Self.unescaped(rest)) }
            case "closed":
                let (name, values) = Self.halves(rest)
                closedLabel(String(name), sets[values] ?? [])
            case "bounded":
                let (name, limit) = Self.halves(rest)
                if let limit = Int(limit) { label(String(name), maxValues: limit) }
            case "constant":
                let (name, value) = Self.halves(rest)
                constantLabel(String(name), Self.unescaped(value))
            case "label": label(String(rest))
            case "bool": closedLabel(String(rest), ["false", "true"])
            default: describe(word, Self.unescaped(rest))
            }
        }
    }

    /// The text before the first space, and that after it.
    private static func halves(_ text: Substring) -> (Substring, Substring) {
        guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")) else { return (text, "") }
        return (text[..<space], text[text.utf8.index(after: space)...])
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
        var bytes: [UInt8] = []
        var isEscape = false
        for byte in text.utf8 {
            if isEscape {
                switch byte {
                case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
                default: bytes.append(byte)
                }
                isEscape = false
            } else if byte == UInt8(ascii: "\\") {
                isEscape = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
