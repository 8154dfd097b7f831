import Foundation
import ProcessTesting
import Testing

/// What cannot be done does not compile, and the compiler's reason is one that helps.
@Suite(.blocking) struct RejectedCallTests {
    @Test(.enabled(if: Compiler.isThere, Comment(rawValue: Compiler.missing)))
    func everyImpossibleCallIsRefusedWithItsReason() throws {
        let compiler = try #require(Compiler())
        let folder = try TemporaryFolder()
        let tests = Compiler.root + "/Tests/GeneratedCodeTests"
        let text = try String(contentsOfFile: tests + "/Rejected/calls.swift.txt", encoding: .utf8)
        let calls = try folder.write(text, to: "calls.swift")
        let generated = try FileManager.default.contentsOfDirectory(atPath: tests + "/Generated").sorted()
            .map { tests + "/Generated/" + $0 }
        let result = try compiler.compile(generated + [calls], typesOnly: true, into: folder.path)

        var expected: [Int: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let mark = line.range(of: " // error: ") else { continue }
            expected[index + 1] = String(line[mark.upperBound...])
        }
        #expect(expected.count >= 40)
        let errors = result.messages.filter { $0.severity == "error" }
        #expect(errors.allSatisfy { $0.file == calls }, "the generated code itself does not compile: \(result.output)")
        for (line, reason) in expected.sorted(by: { $0.key < $1.key }) {
            let found = errors.filter { $0.line == line }.map(\.text)
            #expect(found.contains { $0.contains(reason) }, "line \(line): \(found)")
        }
        for error in errors {
            #expect(expected[error.line] != nil, "line \(error.line): \(error.text)")
        }
    }
}
