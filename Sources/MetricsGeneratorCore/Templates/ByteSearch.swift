extension [UInt8] {
    /// Where `mark` begins at or behind `start`, before `end`; looking for text in `String`s takes ten times as long.
    func firstIndex(of mark: [UInt8], from start: Int, to end: Int? = nil) -> Int? {
        guard let first = mark.first else { return nil }
        let last = Swift.min(end ?? count, count) - mark.count
        var index = start
        while index <= last {
            if self[index] == first, self[index..<index + mark.count].elementsEqual(mark) { return index }
            index += 1
        }
        return nil
    }
}
