/// Writes byte strings one after the other, the length of each before it.
struct SectionWriter {
    /// What was written: long sections as they are, so that they are not copied.
    private(set) var pieces: [[UInt8]] = [[]]
    private(set) var count = 0
    private static let longLength = 1 << 14

    /// All pieces in a row.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for piece in pieces { bytes += piece }
        return bytes
    }

    mutating func append(_ section: [UInt8]) {
        append(section.count)
        count += section.count
        if section.count < Self.longLength {
            pieces[pieces.count - 1] += section
        } else {
            pieces += [section, []]
        }
    }

    /// A list, the number of its texts before it.
    mutating func append(names: [String]) {
        append(names.count)
        for name in names { append(Array(name.utf8)) }
    }

    private mutating func append(_ number: Int) {
        count += 8
        for shift in stride(from: 0, to: 64, by: 8) {
            pieces[pieces.count - 1].append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

/// Reads what `SectionWriter` wrote; of anything else it reads nothing, or a few bytes of no meaning.
struct SectionReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// Whether the next section is this one.
    mutating func next(equals section: [UInt8]) -> Bool { next()?.elementsEqual(section) ?? false }

    mutating func names() -> [String]? {
        // Each takes 8 bytes at least.
        guard let count = count(), count <= (bytes.count - position) / 8 else { return nil }
        var names: [String] = []
        for _ in 0..<count {
            guard let name = next() else { return nil }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    private mutating func next() -> ArraySlice<UInt8>? {
        guard let count = count(), count <= bytes.count - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    private mutating func count() -> Int? {
        guard bytes.count - position >= 8 else { return nil }
        defer { position += 8 }
        let count = bytes[position..<position + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(exactly: count)
    }
}
