/// Takes the text of a sample apart again: its name, then one label after the other.
///
/// The texts are our own, so what is read is what ``SampleText`` writes; of anything else the labels end where that ends.
struct SampleScanner: Sequence, IteratorProtocol {
    /// One label, its value still escaped; the ranges are those of the text's indexes.
    struct Label {
        let name: Range<Int>
        let value: Range<Int>
        /// Whether something in the value is escaped.
        let isEscaped: Bool

        /// Name and value with what stands between them.
        var all: Range<Int> { name.lowerBound..<value.upperBound }
    }

    /// The sample's name, such as `requests_total`.
    let name: Range<Int>
    private let text: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var index: Int

    /// Reads the sample that stands at that place of a text, which must outlive the scanner.
    init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.text = text
        end = range.upperBound
        index = range.lowerBound
        while index < end, text[index] != UInt8(ascii: "{") { index += 1 }
        name = range.lowerBound..<index
        index += 1
    }

    /// The next label, or `nil` behind the last one.
    mutating func next() -> Label? {
        guard index < end, text[index] != UInt8(ascii: "}") else { return nil }
        let start = index
        while index < end, text[index] != UInt8(ascii: "=") { index += 1 }
        let labelName = start..<index
        index += 2
        let valueStart = index
        var isEscaped = false
        while index < end, text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\") {
                isEscaped = true
                index += 1
            }
            index += 1
        }
        guard index < end else { return nil }
        let label = Label(name: labelName, value: valueStart..<index, isEscaped: isEscaped)
        index += 1
        if index < end, text[index] == UInt8(ascii: ",") { index += 1 }
        return label
    }
}
