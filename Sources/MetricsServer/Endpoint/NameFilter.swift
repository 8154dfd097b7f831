/// The names that a request's query asks for: `?name[]=requests_total&name[]=up`.
enum NameFilter {
    /// What a query asks for.
    enum Result: Equatable {
        /// Everything: no name is given.
        case all
        case names(Set<String>)
        /// The query has more parameters than it may, or cannot be decoded.
        case malformed(String)
    }

    static func parse(_ query: String?, limit: Int) -> Result {
        guard let query, !query.isEmpty else { return .all }
        let parts = query.utf8.split(separator: UInt8(ascii: "&"), maxSplits: limit, omittingEmptySubsequences: true)
        guard parts.count <= limit else { return .malformed("the query has more than \(limit) parameters") }
        var names: Set<String> = []
        for part in parts {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = pair.first.flatMap({ decoded($0) }),
                let value = decoded(pair.dropFirst().first ?? part[part.endIndex...])
            else {
                return .malformed("the query has a '%' that two hexadecimal digits do not follow, or is no UTF-8")
            }
            if key == "name[]" { names.insert(value) }
        }
        return names.isEmpty ? .all : .names(names)
    }

    /// Text without its percent signs and plus signs; `nil` where it cannot be decoded.
    private static func decoded(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = digit(text, at: &index), let low = digit(text, at: &index) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ text: Substring.UTF8View, at index: inout Substring.UTF8View.Index) -> UInt8? {
        guard index < text.endIndex else { return nil }
        let byte = text[index]
        index = text.index(after: index)
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}
