/// Where the lines of a text begin, so that an offset becomes a line and a column.
///
/// A line ends with `\n`, `\r\n` or `\r`, as editors show it. libyaml counts the Unicode line separators too, which is
/// why its own line numbers are not used.
package struct LineTable: Sendable {
    private struct Line: Sendable {
        var scalarOffset: Int
        var byteOffset: Int
    }

    private let bytes: [UInt8]
    private var lines: [Line] = [Line(scalarOffset: 0, byteOffset: 0)]

    /// The table of a text in UTF-8 without a byte order mark; invalid bytes count as one character each.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        var scalars = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte & 0xC0 != 0x80 { scalars += 1 }
            let endsLine =
                byte == UInt8(ascii: "\n")
                || (byte == UInt8(ascii: "\r") && (index == bytes.count || bytes[index] != UInt8(ascii: "\n")))
            if endsLine { lines.append(Line(scalarOffset: scalars, byteOffset: index)) }
        }
    }

    /// How many lines there are; a text that ends with a line break has an empty last one.
    package var count: Int { lines.count }

    /// Whether a byte stands anywhere in the text.
    func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }

    /// The position of the scalar with that number from the start of the text.
    package func position(scalarOffset: Int) -> SourcePosition {
        let line = lastLine { $0.scalarOffset <= scalarOffset }
        return SourcePosition(line: line + 1, column: scalarOffset - lines[line].scalarOffset + 1)
    }

    /// The same; looks first on the line that an earlier search ended on, and on those shortly behind.
    func position(scalarOffset: Int, near line: inout Int) -> SourcePosition {
        if !lines.indices.contains(line) || lines[line].scalarOffset > scalarOffset { line = 0 }
        var steps = 4
        while line + 1 < lines.count, lines[line + 1].scalarOffset <= scalarOffset, steps > 0 {
            line += 1
            steps -= 1
        }
        if steps == 0 { line = lastLine { $0.scalarOffset <= scalarOffset } }
        return SourcePosition(line: line + 1, column: scalarOffset - lines[line].scalarOffset + 1)
    }

    /// The position of the byte with that number from the start of the text.
    package func position(byteOffset: Int) -> SourcePosition {
        let line = lastLine { $0.byteOffset <= byteOffset }
        let before = bytes[lines[line].byteOffset..<min(byteOffset, bytes.count)]
        let column = before.reduce(into: 0) { count, byte in if byte & 0xC0 != 0x80 { count += 1 } }
        return SourcePosition(line: line + 1, column: column + 1)
    }

    /// The bytes of a line, counted from 1, without its line break.
    package func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lines.indices.contains(number - 1) else { return [] }
        let start = lines[number - 1].byteOffset
        var end = number < lines.count ? lines[number].byteOffset : bytes.count
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return bytes[start..<end]
    }

    /// The number of the last line for which `isBefore` holds; it holds for the first one.
    private func lastLine(_ isBefore: (Line) -> Bool) -> Int {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if isBefore(lines[middle]) { low = middle } else { high = middle }
        }
        return low
    }
}
