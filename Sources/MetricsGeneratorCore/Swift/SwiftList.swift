/// A list of parameters, arguments or elements: on one line where it fits, else one a line.
struct SwiftList {
    private let items: [String]
    /// Whether each item has a line of its own.
    let isWrapped: Bool
    /// How deep the line that opens the list is indented.
    private let indentation: Int

    /// - Parameters:
    ///   - room: How much the line holds besides the items.
    init(_ items: [String], indentation: Int, room: Int) {
        self.items = items
        self.indentation = indentation
        let width = items.reduce(0) { $0 + $1.unicodeScalars.count + 2 }
        isWrapped = !items.isEmpty && indentation + room + width > SwiftText.lineWidth
    }

    /// What follows the opening bracket.
    var open: String { isWrapped ? "\n" + margin(1) : "" }

    /// What stands between two items.
    var separator: String { isWrapped ? ",\n" + margin(1) : ", " }

    /// What precedes the closing bracket.
    var close: String { isWrapped ? "\n" + margin(0) : "" }

    /// The whole list between its brackets.
    var text: String { items.isEmpty ? "" : open + items.joined(separator: separator) + close }

    /// The items after a first one that the template writes, with the break before the closing bracket.
    var following: String { items.map { separator + $0 }.joined() + close }

    /// The items as elements of an array literal, which ends in a comma where it is wrapped.
    var elements: String {
        items.isEmpty ? "" : open + items.joined(separator: separator) + (isWrapped ? "," : "") + close
    }

    private func margin(_ levels: Int) -> String { String(repeating: " ", count: indentation + levels * 4) }
}
