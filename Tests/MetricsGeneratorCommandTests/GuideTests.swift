import Foundation
import ProcessTesting
import Testing

/// The guide shows what the tool prints: its commands are run in order, over its files.
@Suite(.blocking) struct GuideTests {
    /// A step of the guide.
    private enum Step {
        case file(path: String, text: String)
        case command(line: String, output: String, place: Int)
    }

    private static let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Documentation/WritingDefinitions.md")

    private func steps() throws -> [Step] {
        var steps: [Step] = []
        var path: String?
        var block: (language: String, lines: [String], start: Int)?
        let text = try String(contentsOf: Self.guide, encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated()
        {
            if var open = block {
                if line != "```" {
                    open.lines.append(line)
                    block = open
                    continue
                }
                block = nil
                if open.language == "yaml", let file = path {
                    steps.append(.file(path: file, text: open.lines.map { $0 + "\n" }.joined()))
                    path = nil
                } else if open.language == "console" {
                    steps += commands(open.lines, from: open.start)
                }
            } else if line.hasPrefix("```") {
                block = (String(line.dropFirst(3)), [], index + 2)
            } else if line.hasPrefix("<!-- file: "), line.hasSuffix(" -->") {
                path = String(line.dropFirst("<!-- file: ".count).dropLast(" -->".count))
            }
        }
        return steps
    }

    private func commands(_ lines: [String], from start: Int) -> [Step] {
        var steps: [Step] = []
        for (offset, line) in lines.enumerated() {
            if line.hasPrefix("$ ") {
                steps.append(.command(line: String(line.dropFirst(2)), output: "", place: start + offset))
            } else if case .command(let command, let output, let place) = steps.last {
                steps[steps.count - 1] = .command(line: command, output: output + line + "\n", place: place)
            }
        }
        return steps
    }

    @Test func everyMessageOfTheGuideIsReal() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guide-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var code: Int32 = 0
        var count = 0
        for step in try steps() {
            switch step {
            case .file(let path, let text):
                let file = folder.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            case .command("echo $?", let output, let place):
                #expect(output == "\(code)\n", "line \(place)")
            case .command(let line, let output, let place):
                count += 1
                let result = try GeneratorProcess.runShell(line, in: folder.path)
                code = result.code
                #expect(result.output + result.error == output, "line \(place): \(line)")
            }
        }
        #expect(count > 10)
    }
}
