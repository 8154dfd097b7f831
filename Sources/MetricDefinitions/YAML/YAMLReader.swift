/// What reading a file gave: its root, and what went wrong.
package struct YAMLDocument: Sendable {
    /// The root, or `nil` where the file holds nothing; after a syntax error: what stood before it.
    package var root: YAMLNode?
    /// Whether the whole file was read.
    package var isComplete: Bool
}

/// Bytes to nodes: the first stage.
package enum YAMLReader {
    /// Reads one definition file.
    package static func read(_ file: SourceFile, id: SourceID, into sink: inout DiagnosticSink) -> YAMLDocument {
        guard file.bytes.count <= FileRules.sizeLimit else {
            let start = SourcePosition(line: 1, column: 1)
            let message = "the file has more than \(FileRules.sizeLimit >> 20) MiB, and is not read"
            sink.report(FileRules.tooLarge, at: SourceSpan(source: id, start: start, end: start), message)
            return YAMLDocument(root: nil, isComplete: false)
        }
        let bytes = withoutByteOrderMark(file.bytes)
        let lines = LineTable(bytes: bytes)
        if let offset = UTF8Validation.firstInvalidOffset(in: bytes) {
            let position = lines.position(byteOffset: offset)
            let message: String
            if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                message = "the file is UTF-16; definitions are UTF-8"
            } else {
                message = "byte \(hex(bytes[offset])) is not UTF-8; save the file as UTF-8"
            }
            sink.report(FileRules.encoding, at: SourceSpan(source: id, start: position, end: position), message)
            return YAMLDocument(root: nil, isComplete: false)
        }
        // Both sides at once are no definitions, so nothing else that is found in them would be of use.
        guard !MergeConflict.report(in: lines, id: id, into: &sink) else {
            return YAMLDocument(root: nil, isComplete: false)
        }
        var composer = YAMLComposer(source: id, lines: lines)
        let document = composer.compose(bytes)
        sink.append(composer.sink)
        return document
    }

    /// The bytes after a byte order mark of UTF-8, which columns do not count.
    package static func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
}
