import Foundation
import MetricDefinitions
import ProcessTesting
import Testing

/// Escaping, by the judgement of the compiler itself.
@Suite(.blocking) struct SwiftKeywordTests {
    private static let compiler = Program.find("swiftc")

    /// Every word that Swift has a use for, and some that it has not.
    private static let words = """
        Any Protocol Self Type actor any as associatedtype associativity async await borrowing break case catch class \
        consume consuming continue convenience copy default defer deinit didSet discard distributed do dynamic each else \
        enum extension fallthrough false fileprivate final for func get guard if import in indirect infix init inout \
        internal is isolated lazy left let macro mutating nil none nonisolated nonmutating open operator optional override \
        package postfix precedence precedencegroup prefix private protocol public repeat required rethrows return right \
        self sending set some static struct subscript super switch then throw throws true try typealias unowned unsafe var \
        weak where while willSet yield _1 hello other value index
        """.split(separator: " ").map(String.init)

    @Test(.enabled(if: compiler != nil, "there is no swiftc on the PATH"))
    func everyEscapedWordCompiles() throws {
        var source = "enum Words {\n"
        let cases = Self.words.filter { !SwiftIdentifier.reservedCases.contains($0) }
        for word in cases { source += "    case \(SwiftIdentifier.escaped(word))\n" }
        source += "}\n"
        for (index, word) in Self.words.enumerated() {
            let label = SwiftIdentifier.escapedArgumentLabel(word)
            source += "func f\(index)(\(label) parameter: Int) -> Int { parameter }\n"
            // In a call 'let' and 'var' stand as they are.
            let argument = word == "inout" ? label : word
            source += "let x\(index) = f\(index)(\(argument): 1)\n"
        }
        for (index, word) in cases.enumerated() {
            source += "let y\(index) = Words.\(SwiftIdentifier.escaped(word))\n"
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("Words-\(UUID().uuidString).swift")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(source.utf8).write(to: file)
        let result = try #require(Self.compiler).run([
            "-typecheck", "-parse-as-library", "-swift-version", "6", file.path,
        ])
        #expect(result.code == 0, "\(result.output.prefix(2000))")
        #expect(result.output.isEmpty, "\(result.output.prefix(2000))")
    }
}
