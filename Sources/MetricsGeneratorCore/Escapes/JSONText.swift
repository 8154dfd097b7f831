/// Strings of JSON, which are double-quoted scalars of YAML too.
enum JSONText {
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
                } else {
                    for unit in String(scalar).utf16 { literal += "\\u" + hexadecimal(unit, digits: 4) }
                }
            }
        }
        return literal + "\""
    }

    static func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
