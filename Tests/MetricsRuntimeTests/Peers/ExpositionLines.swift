/// An exposition as lines that can be compared where clients spell numbers in different ways.
enum ExpositionLines {
    /// The lines of a text, with every sample's number in Swift's spelling.
    static func normalised(_ text: some Collection<UInt8>) -> [String] {
        // By bytes: a carriage return and a line feed are one `Character`.
        text.split(separator: UInt8(ascii: "\n")).map { line in
            guard line.first != UInt8(ascii: "#"), let blank = line.lastIndex(of: UInt8(ascii: " ")) else {
                return String(decoding: line, as: UTF8.self)
            }
            let number = String(decoding: line[line.index(after: blank)...], as: UTF8.self)
            let sample = String(decoding: line[...blank], as: UTF8.self)
            guard let value = Double(number) else { return sample + number }
            // Go's clients write a negative zero without its sign.
            return sample + (value == 0 ? "0.0" : value.isNaN ? "nan" : value.description)
        }
    }

    static func normalised(_ text: String) -> [String] {
        normalised(Array(text.utf8))
    }
}
