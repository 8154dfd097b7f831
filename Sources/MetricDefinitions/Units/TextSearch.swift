/// A text in which phrases of lower case ASCII are found, whatever the text's case.
///
/// Bytes are compared: the general search of strings is many times slower.
struct TextSearch {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    func containsAny(of phrases: [StaticString]) -> Bool { phrases.contains { contains($0) } }

    func beginsWithAny(of phrases: [StaticString]) -> Bool {
        phrases.contains { phrase in phrase.withUTF8Buffer { bytes.starts(with: $0) } }
    }

    func contains(_ phrase: String) -> Bool { contains(Array(phrase.utf8)) }

    private func contains(_ phrase: StaticString) -> Bool { phrase.withUTF8Buffer { contains($0) } }

    private func contains(_ phrase: some RandomAccessCollection<UInt8>) -> Bool {
        guard let first = phrase.first, bytes.count >= phrase.count else { return false }
        return bytes.indices.dropLast(phrase.count - 1).contains { index in
            bytes[index] == first && bytes[index...].starts(with: phrase)
        }
    }
}
