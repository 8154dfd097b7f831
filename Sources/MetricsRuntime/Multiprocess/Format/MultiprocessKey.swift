/// The text that names a series in a multiprocess file: a JSON array of family, sample, labels and help.
///
/// Python's client finds the entries of a file that it opens again by this text, byte for byte, so the encoder writes
/// what `json.dumps(…, sort_keys=True)` writes: `["family", "sample", {"label": "value"}, "help"]`, everything but
/// printable ASCII escaped, label names in the order of their code points. Reading takes any JSON spelling
/// (``MultiprocessKeyScanner``).
package enum MultiprocessKey {
    /// The key of one series.
    ///
    /// - Parameters:
    ///   - family: The family's name, without `_total` for a counter.
    ///   - sample: The sample's name, such as `requests_total` or `latency_seconds_bucket`.
    ///   - labels: Names and values in any order; of two equal names the last one counts.
    ///   - help: The help text.
    package static func encode(
        family: String,
        sample: String,
        labels: [(name: String, value: String)] = [],
        help: String
    ) -> [UInt8] {
        var key: [UInt8] = []
        append(family: family, sample: sample, labels: labels, help: help, to: &key)
        return key
    }

    /// Appends the key of one series; see ``encode(family:sample:labels:help:)``.
    package static func append(
        family: String,
        sample: String,
        labels: [(name: String, value: String)],
        help: String,
        to key: inout [UInt8]
    ) {
        key += head(family: family, sample: sample)
        for (index, label) in sortedByCodePoint(labels).enumerated() {
            key += labelHead(label.name, isFirst: index == 0)
            appendText(label.value, to: &key)
        }
        key += tail(help: help)
    }

    /// A key up to its labels.
    static func head(family: String, sample: String) -> [UInt8] {
        var key = [UInt8(ascii: "[")]
        appendText(family, to: &key)
        appendComma(to: &key)
        appendText(sample, to: &key)
        appendComma(to: &key)
        key.append(UInt8(ascii: "{"))
        return key
    }

    /// What stands before the value of a label.
    static func labelHead(_ name: String, isFirst: Bool) -> [UInt8] {
        var key: [UInt8] = []
        if !isFirst { appendComma(to: &key) }
        appendText(name, to: &key)
        key.append(UInt8(ascii: ":"))
        key.append(UInt8(ascii: " "))
        return key
    }

    /// A key from behind its labels.
    static func tail(help: String) -> [UInt8] {
        var key = [UInt8(ascii: "}")]
        appendComma(to: &key)
        appendText(help, to: &key)
        key.append(UInt8(ascii: "]"))
        return key
    }

    /// The labels in the order of their names' UTF-8 bytes, which is that of code points; of equal names the last.
    ///
    /// Swift's own order of strings goes by canonical equivalence, under which names that Python keeps apart are equal.
    package static func sortedByCodePoint(
        _ labels: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        guard labels.count > 1 else { return labels }
        let order = labels.indices.sorted { left, right in
            let (a, b) = (labels[left].name.utf8, labels[right].name.utf8)
            return a.lexicographicallyPrecedes(b) || (left < right && a.elementsEqual(b))
        }
        var sorted: [(name: String, value: String)] = []
        sorted.reserveCapacity(labels.count)
        for index in order {
            if let last = sorted.last, last.name.utf8.elementsEqual(labels[index].name.utf8) { sorted.removeLast() }
            sorted.append(labels[index])
        }
        return sorted
    }

    private static func appendComma(to key: inout [UInt8]) {
        key.append(UInt8(ascii: ","))
        key.append(UInt8(ascii: " "))
    }

    /// Appends a text in quotes, given as UTF-8.
    static func appendText(utf8 bytes: UnsafeRawBufferPointer, to key: inout [UInt8]) {
        let isPlain = bytes.allSatisfy { byte in
            (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        guard isPlain else { return appendText(String(decoding: bytes, as: UTF8.self), to: &key) }
        key.append(UInt8(ascii: "\""))
        key.append(contentsOf: bytes)
        key.append(UInt8(ascii: "\""))
    }

    /// Appends a text in quotes.
    static func appendText(_ text: String, to key: inout [UInt8]) {
        key.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                key.append(UInt8(ascii: "\\"))
                key.append(UInt8(truncatingIfNeeded: scalar.value))
            case " "..."~": key.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\n": appendShortEscape("n", to: &key)
            case "\r": appendShortEscape("r", to: &key)
            case "\t": appendShortEscape("t", to: &key)
            case "\u{8}": appendShortEscape("b", to: &key)
            case "\u{c}": appendShortEscape("f", to: &key)
            default:
                for unit in scalar.utf16 { appendHexEscape(unit, to: &key) }
            }
        }
        key.append(UInt8(ascii: "\""))
    }

    private static func appendShortEscape(_ letter: Unicode.Scalar, to key: inout [UInt8]) {
        key.append(UInt8(ascii: "\\"))
        key.append(UInt8(ascii: letter))
    }

    private static func appendHexEscape(_ unit: UInt16, to key: inout [UInt8]) {
        key.append(UInt8(ascii: "\\"))
        key.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(truncatingIfNeeded: (unit >> shift) & 0xf)
            key.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
