/// The escapes in label values, quoted names and help.
enum ScrapeEscapes {
    /// The bytes of a label's value.
    static func value(of label: ScrapeLabel, in bytes: [UInt8]) -> [UInt8] {
        let raw = bytes[label.value.start..<label.value.end]
        return label.isEscaped ? resolve(raw) : Array(raw)
    }

    /// Resolves `\\`, `\"` and `\n`; what follows another backslash stays as it is, as OpenMetrics wants it.
    static func resolve(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var resolved: [UInt8] = []
        resolved.reserveCapacity(raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            let byte = raw[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < raw.endIndex else {
                resolved.append(byte)
                continue
            }
            switch raw[index] {
            case UInt8(ascii: "n"): resolved.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\\"): resolved.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "\""): resolved.append(UInt8(ascii: "\""))
            case let other: resolved += [UInt8(ascii: "\\"), other]
            }
            index += 1
        }
        return resolved
    }

    /// The offset of the first backslash that begins no escape, or `nil`.
    static func firstInvalid(_ raw: ArraySlice<UInt8>) -> Int? {
        var index = raw.startIndex
        while index < raw.endIndex {
            guard raw[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            guard index + 1 < raw.endIndex else { return index }
            switch raw[index + 1] {
            case UInt8(ascii: "n"), UInt8(ascii: "\\"), UInt8(ascii: "\""): index += 2
            default: return index
            }
        }
        return nil
    }
}
