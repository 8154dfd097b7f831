import Testing

@testable import MetricsGeneratorCore

/// Text of users never leaves its literal or its comment.
@Suite struct SwiftTextTests {
    @Test(arguments: [
        ("plain", #""plain""#),
        ("a\"b\\(c)\n\t\r", #""a\"b\\(c)\n\t\r""#),
        ("\u{0}\u{1B}", #""\u{0}\u{1B}""#),
        ("a\u{202E}b\u{2028}\u{FEFF}", #""a\u{202E}b\u{2028}\u{FEFF}""#),
        ("Größe 日本 🙂", #""Größe 日本 🙂""#),
        ("\u{A0}", #""\u{A0}""#),
    ])
    func literal(text: String, literal: String) {
        #expect(SwiftText.literal(text) == literal)
    }

    @Test func commentsStayOnTheirLine() {
        #expect(SwiftText.comment("a\nb\u{2028}c\r\nd\u{202E}") == "a b c d")
        #expect(SwiftText.code("a`b") == "`ab`")
    }

    @Test(arguments: [(10_000, "10000"), (999_999, "999999"), (1_000_000, "1_000_000"), (12_345_678, "12_345_678")])
    func integer(number: Int, text: String) {
        #expect(SwiftText.integer(number) == text)
    }

    @Test func summariesAreOneSentence() {
        var comment = DocComment(indentation: 0)
        comment.addSummary("Jobs done. Retries\ncount too\n\nSecond paragraph")
        comment.setOff()
        comment.addItem { $0 += "Type: counter" }
        #expect(
            comment.lines == [" Jobs done.", "", " Retries count too", "", " Second paragraph", "", " - Type: counter"]
        )
    }

    private static let lengths: [(lengths: [Int], character: String, isLong: Bool)] = [
        ([0], "x", false), ([120], "x", false), ([121], "x", true), ([120], "ü", false), ([121], "ü", true),
        ([60, 120], "ü", false), ([3, 0, 121, 0], "x", true), ([119, 120, 1], "x", false), ([100, 121], "ü", true),
        ([120, 120, 0, 120], "x", false), ([120, 1, 121], "x", true),
    ]

    @Test(arguments: lengths)
    func longLinesAreFound(lengths: [Int], character: String, isLong: Bool) {
        let lines: [String] = lengths.map { String(repeating: character, count: $0) }
        let text = lines.joined(separator: "\n")
        #expect(SwiftText.hasLongLine(text) == isLong)
        #expect(SwiftText.hasLongLine("x\n" + text + "\ny\n") == isLong)
    }

    @Test func longListsAreWrapped() {
        let short = SwiftList(["a: Int", "b: Int"], indentation: 4, room: 20)
        #expect(short.text == "a: Int, b: Int")
        #expect(short.following == ", a: Int, b: Int")
        let long = SwiftList(["a: Int", "b: Int"], indentation: 4, room: 110)
        #expect(long.text == "\n        a: Int,\n        b: Int\n    ")
        #expect(long.elements == "\n        a: Int,\n        b: Int,\n    ")
        #expect(SwiftList([], indentation: 4, room: 200).text.isEmpty)
    }
}
