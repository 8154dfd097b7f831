/// As much of a line as is shown with a diagnostic: all of it, unless it is longer than anybody reads.
///
/// A line may have the length of a whole hostile file.
struct LineWindow {
    /// The longest line, in characters, that is shown whole; of a longer one this much is shown.
    private static let limit = 400

    /// The characters shown; `…` stands for what was left out at an end.
    let scalars: [Unicode.Scalar]
    /// How many characters of the line come before the first one shown.
    private let skipped: Int

    /// - Parameter column: The column that must be in view, from 1.
    init(_ line: ArraySlice<UInt8>, around column: Int) {
        // No character takes more than four bytes.
        let count = line.count <= Self.limit ? 0 : line.reduce(into: 0) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
        guard count > Self.limit else {
            scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
            skipped = 0
            return
        }
        let first = max(0, min(column - 1 - Self.limit / 2, count - Self.limit))
        var start = line.startIndex
        var number = 0
        while number < first {
            start += 1
            while start < line.endIndex, line[start] & 0xC0 == 0x80 { start += 1 }
            number += 1
        }
        var shown = Array(String(decoding: line[start...].prefix(Self.limit * 4), as: UTF8.self).unicodeScalars)
        let isCutAtTheEnd = first + Self.limit < count
        shown = Array(shown.prefix(Self.limit))
        if first > 0, !shown.isEmpty { shown[0] = "…" }
        if isCutAtTheEnd, !shown.isEmpty { shown[shown.count - 1] = "…" }
        scalars = shown
        skipped = first
    }

    /// A column of the line as a column of what is shown.
    func column(of column: Int) -> Int { max(1, min(column - skipped, scalars.count + 1)) }
}
