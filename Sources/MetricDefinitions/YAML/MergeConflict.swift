/// What a merge leaves in a file where it could not decide: lines that begin with seven equal signs of its own.
enum MergeConflict {
    private static let beginning = UInt8(ascii: "<")
    private static let base = UInt8(ascii: "|")
    private static let middle = UInt8(ascii: "=")
    private static let end = UInt8(ascii: ">")
    private static let length = 7

    /// Reports each conflict once, where it begins; whether there is one.
    ///
    /// No definition has such a line: keys begin with letters, and a text in a block is indented.
    static func report(in lines: LineTable, id: SourceID, into sink: inout DiagnosticSink) -> Bool {
        var isFound = false
        var isOpen = false
        for number in 1...max(1, lines.count) {
            guard let marker = marker(lines.line(number)) else { continue }
            if !isOpen || marker == beginning { report(marker, line: number, id, &sink) }
            isFound = true
            isOpen = marker != end
        }
        return isFound
    }

    private static func report(_ marker: UInt8, line: Int, _ id: SourceID, _ sink: inout DiagnosticSink) {
        let start = SourcePosition(line: line, column: 1)
        let span = SourceSpan(source: id, start: start, end: SourcePosition(line: line, column: 1 + length))
        let text = String(repeating: Character(Unicode.Scalar(marker)), count: length)
        sink.report(
            FileRules.mergeConflict,
            at: span,
            "'\(text)' is the mark of a merge conflict that was not resolved",
            suggestion: "keep what is meant, and remove the lines of the marks"
        )
    }

    /// The sign of a marker: seven of it, then nothing or a blank and what the side is called.
    private static func marker(_ line: ArraySlice<UInt8>) -> UInt8? {
        guard let sign = line.first, sign == beginning || sign == base || sign == middle || sign == end,
            line.prefix(while: { $0 == sign }).count == length
        else { return nil }
        let rest = line.dropFirst(length)
        return rest.isEmpty || rest.first == UInt8(ascii: " ") ? sign : nil
    }
}
