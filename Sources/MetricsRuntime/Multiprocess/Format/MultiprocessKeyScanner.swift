/// Reads the key of an entry, in any spelling of JSON.
///
/// Takes what Python's collector takes: any white space between the parts, raw UTF-8 or escapes, labels in any order,
/// of two labels with one name the last. Where Python could hold half of a surrogate pair, which UTF-8 can't, U+FFFD
/// stands in its place.
///
/// A scanner is made once and used for many keys: it keeps its memory. What it read stays until the next `scan`.
package struct MultiprocessKeyScanner {
    /// One label's name and value, as ranges of ``text``.
    package struct Label: Sendable, Hashable {
        package var name: Range<Int>
        package var value: Range<Int>
    }

    /// The decoded texts of the last key, valid UTF-8, back to back.
    package private(set) var text: [UInt8] = []
    /// The family's name in ``text``.
    package private(set) var family: Range<Int> = 0..<0
    /// The sample's name in ``text``.
    package private(set) var sample: Range<Int> = 0..<0
    /// The labels in the order of their names' bytes, each name once.
    package private(set) var labels: [Label] = []
    /// The help text in ``text``.
    package private(set) var help: Range<Int> = 0..<0

    private var position = 0
    /// Whether numbers and constants may stand where our readers want texts.
    private var takesConstants = false

    /// Creates a scanner that has read nothing yet.
    package init() {}

    /// Reads one key, its padding left out or not: white space around the array is allowed.
    package mutating func scan(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        text.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        position = 0
        skipSpace(key)
        try expectShape(UInt8(ascii: "["), key)
        family = try scanText(key)
        try expectShape(UInt8(ascii: ","), key)
        sample = try scanValue(key)
        try expectShape(UInt8(ascii: ","), key)
        try scanLabels(key)
        try expectShape(UInt8(ascii: ","), key)
        help = try scanValue(key)
        try expectShape(UInt8(ascii: "]"), key)
        guard position == key.count else { throw .malformed(offset: position) }
        guard !family.isEmpty, !sample.isEmpty else { throw .emptyName }
        try sortLabels()
    }

    /// Reads a key that stands in an array; see ``scan(_:)-(UnsafeRawBufferPointer)``.
    package mutating func scan(_ key: [UInt8]) throws(MultiprocessKeyFailure) {
        // `withUnsafeBytes` passes on the error's type only where closures spell it out.
        let result = key.withUnsafeBytes { bytes in
            Result { () throws(MultiprocessKeyFailure) in try scan(bytes) }
        }
        try result.get()
    }

    /// Whether Python's collector takes the key, which is less strict than our readers are.
    ///
    /// It takes numbers and constants for all texts but the family's name, and names that we refuse to expose. What it
    /// does not take makes it fail as a whole.
    package mutating func isReadableInPython(_ key: [UInt8]) -> Bool {
        takesConstants = true
        defer { takesConstants = false }
        do {
            try scan(key)
            return true
        } catch {
            switch error {
            case .invalidUTF8, .malformed, .wrongShape, .notText: return false
            case .emptyName: return !family.isEmpty
            case .reservedLabelName, .collidingLabelNames: return true
            }
        }
    }

    /// The part of ``text`` at that range.
    package func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }

    // MARK: Structure

    private mutating func skipSpace(_ key: UnsafeRawBufferPointer) {
        while position < key.count {
            switch key[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    /// Takes that byte and the white space behind it; another one that JSON allows here means another shape.
    private mutating func expectShape(_ byte: UInt8, _ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        guard position < key.count else { throw .malformed(offset: position) }
        let found = key[position]
        guard found == byte else {
            switch found {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "["):
                throw .wrongShape(offset: position)
            default: throw .malformed(offset: position)
            }
        }
        position += 1
        skipSpace(key)
    }

    private mutating func scanLabels(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        try expectShape(UInt8(ascii: "{"), key)
        if position < key.count, key[position] == UInt8(ascii: "}") {
            position += 1
            skipSpace(key)
            return
        }
        while true {
            let name = try scanText(key)
            guard position < key.count, key[position] == UInt8(ascii: ":") else { throw .malformed(offset: position) }
            position += 1
            skipSpace(key)
            labels.append(Label(name: name, value: try scanValue(key)))
            guard position < key.count else { throw .malformed(offset: position) }
            let next = key[position]
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "}") else { throw .malformed(offset: position) }
            position += 1
            skipSpace(key)
            if next == UInt8(ascii: "}") { return }
        }
    }

    /// Brings the labels into order; written by us or by Python they are, so this is one pass of comparisons.
    private mutating func sortLabels() throws(MultiprocessKeyFailure) {
        var isSorted = true
        for index in labels.indices {
            let name = text[labels[index].name]
            guard !name.isEmpty else { throw .emptyName }
            guard !name.elementsEqual("__name__".utf8) else { throw .reservedLabelName }
            if index > 0, !text[labels[index - 1].name].lexicographicallyPrecedes(name) { isSorted = false }
        }
        if isSorted { return }
        let texts = text
        let order = labels.indices.sorted { left, right in
            let (a, b) = (texts[labels[left].name], texts[labels[right].name])
            return a.lexicographicallyPrecedes(b) || (left < right && a.elementsEqual(b))
        }
        var sorted: [Label] = []
        for index in order {
            if let last = sorted.last, text[last.name].elementsEqual(text[labels[index].name]) { sorted.removeLast() }
            sorted.append(labels[index])
        }
        labels = sorted
    }

    // MARK: Texts

    private mutating func scanValue(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) -> Range<Int> {
        guard takesConstants, position < key.count, key[position] != UInt8(ascii: "\""),
            let length = constantLength(key)
        else { return try scanText(key) }
        let start = text.count
        text.append(contentsOf: UnsafeRawBufferPointer(rebasing: key[position..<position + length]))
        position += length
        skipSpace(key)
        return start..<text.count
    }

    /// The length of the number or constant that begins here, in the spellings that Python takes.
    private func constantLength(_ key: UnsafeRawBufferPointer) -> Int? {
        let rest = key[position...]
        for word in ["null", "true", "false", "NaN", "Infinity", "-Infinity"] as [StaticString] {
            let bytes = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
            if rest.starts(with: bytes) { return bytes.count }
        }
        var end = rest.startIndex
        func digits(from start: Int) -> Int {
            rest[start...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        }
        func has(_ letters: StaticString, at index: Int) -> Bool {
            let bytes = UnsafeRawBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount)
            return index < rest.endIndex && bytes.contains(rest[index])
        }
        if has("-", at: end) { end += 1 }
        let whole = has("0", at: end) ? 1 : digits(from: end)
        guard whole > 0 else { return nil }
        end += whole
        if has(".", at: end), case let count = digits(from: end + 1), count > 0 { end += 1 + count }
        if has("eE", at: end) {
            let sign = has("+-", at: end + 1) ? 1 : 0
            let count = digits(from: end + 1 + sign)
            if count > 0 { end += 1 + sign + count }
        }
        return end - position
    }

    private mutating func scanText(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) -> Range<Int> {
        guard position < key.count else { throw .malformed(offset: position) }
        switch key[position] {
        case UInt8(ascii: "\""): break
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "["), UInt8(ascii: "{"):
            throw .notText(offset: position)
        case UInt8(ascii: "]"), UInt8(ascii: ","): throw .wrongShape(offset: position)
        default: throw .malformed(offset: position)
        }
        position += 1
        let start = text.count
        while true {
            let run = position
            while position < key.count, Self.isPlain(key[position]) { position += 1 }
            text.append(contentsOf: UnsafeRawBufferPointer(rebasing: key[run..<position]))
            guard position < key.count else { throw .malformed(offset: position) }
            switch key[position] {
            case UInt8(ascii: "\""):
                let end = text.count
                position += 1
                skipSpace(key)
                return start..<end
            case UInt8(ascii: "\\"): try scanEscape(key)
            case 0x80...: try scanMultibyte(key)
            default: throw .malformed(offset: position)
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func scanEscape(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        guard position + 1 < key.count else { throw .malformed(offset: position) }
        let byte: UInt8
        switch key[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = key[position + 1]
        case UInt8(ascii: "n"): byte = 0x0a
        case UInt8(ascii: "r"): byte = 0x0d
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0c
        case UInt8(ascii: "u"): return try scanHexEscape(key)
        default: throw .malformed(offset: position)
        }
        text.append(byte)
        position += 2
    }

    private mutating func scanHexEscape(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        guard let unit = hexUnit(at: position, key) else { throw .malformed(offset: position) }
        position += 6
        var value = unit
        switch unit {
        case 0xd800..<0xdc00:
            if let low = hexUnit(at: position, key), (0xdc00..<0xe000).contains(low) {
                position += 6
                value = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
            }
        default: break
        }
        // A surrogate that is still alone has no scalar.
        let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
        text.append(contentsOf: scalar.utf8)
    }

    /// The code unit of an escape `\uXXXX` at that place, or `nil`.
    private func hexUnit(at start: Int, _ key: UnsafeRawBufferPointer) -> UInt32? {
        guard start + 6 <= key.count, key[start] == UInt8(ascii: "\\"), key[start + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for index in start + 2..<start + 6 {
            let digit: UInt8
            switch key[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = key[index] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = key[index] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = key[index] - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// Takes one character of two to four bytes, after the table of well-formed sequences in the Unicode Standard.
    private mutating func scanMultibyte(_ key: UnsafeRawBufferPointer) throws(MultiprocessKeyFailure) {
        let lead = key[position]
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch lead {
            case 0xc2...0xdf: (2, 0x80...0xbf)
            case 0xe0: (3, 0xa0...0xbf)
            case 0xed: (3, 0x80...0x9f)
            case 0xe1...0xef: (3, 0x80...0xbf)
            case 0xf0: (4, 0x90...0xbf)
            case 0xf1...0xf3: (4, 0x80...0xbf)
            case 0xf4: (4, 0x80...0x8f)
            default: throw .invalidUTF8(offset: position)
            }
        guard position + length <= key.count, second.contains(key[position + 1]) else {
            throw .invalidUTF8(offset: position)
        }
        for index in position + 2..<position + length where key[index] & 0xc0 != 0x80 {
            throw .invalidUTF8(offset: position)
        }
        text.append(contentsOf: UnsafeRawBufferPointer(rebasing: key[position..<position + length]))
        position += length
    }
}
