/// The labels of a key as an exposition spells them, with a label left out or put in.
enum LabelText {
    static let pid: [UInt8] = Array("pid".utf8)
    static let le: [UInt8] = Array("le".utf8)

    /// Appends `{a="1",b="2"}`, or nothing where no label is left.
    ///
    /// - Parameters:
    ///   - without: The name of a label to leave out.
    ///   - adding: The name of a label to put in at its place in the order of names, its value left empty.
    /// - Returns: The index in `text` where the value of the label that was put in belongs.
    @discardableResult
    static func append(
        _ key: borrowing MultiprocessKeyScanner,
        without: [UInt8]?,
        adding: [UInt8]?,
        to text: inout [UInt8]
    ) -> Int {
        var place = text.count
        var separator = UInt8(ascii: "{")
        var added = adding
        func appendAdded(_ name: [UInt8]) {
            text.append(separator)
            separator = UInt8(ascii: ",")
            SampleText.appendLabel(name: name, value: [], to: &text)
            place = text.count - 1
            added = nil
        }
        for label in key.labels {
            let name = key.text[label.name]
            if let without, name.elementsEqual(without) { continue }
            if let adding = added, adding.lexicographicallyPrecedes(name) { appendAdded(adding) }
            text.append(separator)
            separator = UInt8(ascii: ",")
            SampleText.appendLabel(name: name, value: key.text[label.value], to: &text)
        }
        if let adding = added { appendAdded(adding) }
        if separator == UInt8(ascii: ",") { text.append(UInt8(ascii: "}")) }
        return place
    }
}
