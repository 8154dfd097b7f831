/// Takes the text of a sample apart again: its name and its labels.
///
/// The texts are our own, so what is read is what ``SampleText`` writes; of anything else the labels end where that ends.
struct SampleScanner {
    /// One label, its value still escaped.
    struct Label {
        let name: Range<Int>
        let value: Range<Int>
    }

    /// The sample's name, such as `requests_total`.
    private(set) var name: Range<Int>
    private(set) var labels: [Label] = []

    /// Reads a text; ranges are those of indexes of `text`.
    init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound, text[index] != UInt8(ascii: "{") { index += 1 }
        name = range.lowerBound..<index
        index += 1
        while index < range.upperBound, text[index] != UInt8(ascii: "}") {
            let start = index
            while index < range.upperBound, text[index] != UInt8(ascii: "=") { index += 1 }
            let labelName = start..<index
            index += 2
            let valueStart = index
            while index < range.upperBound, text[index] != UInt8(ascii: "\"") {
                index += text[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard index < range.upperBound else { return }
            labels.append(Label(name: labelName, value: valueStart..<index))
            index += 1
            if index < range.upperBound, text[index] == UInt8(ascii: ",") { index += 1 }
        }
    }

    /// Appends the bytes that an escaped value stands for.
    static func appendUnescaped(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = text[index]
            if byte == UInt8(ascii: "\\"), index + 1 < range.upperBound {
                index += 1
                byte = text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index]
            }
            bytes.append(byte)
            index += 1
        }
    }
}
