/// Text of users inside Markdown.
enum MarkdownText {
    /// On one line, with everything escaped that would mark it up; also in a cell of a table.
    static func inline(_ text: String) -> String {
        var escaped = ""
        for scalar in SwiftText.comment(text).unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~": escaped += "\\" + String(scalar)
            case "&": escaped += "&amp;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A code span, whatever backticks the text has; bars are escaped, which a table needs.
    static func code(_ text: String) -> String {
        let text = SwiftText.comment(text)
        let runs = text.split(omittingEmptySubsequences: true) { $0 != "`" }
        let fence = String(repeating: "`", count: (runs.map(\.count).max() ?? 0) + 1)
        let inner = text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
        let space = fence.count > 1 || inner.isEmpty ? " " : ""
        return fence + space + inner + space + fence
    }
}
