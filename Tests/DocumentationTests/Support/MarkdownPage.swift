import Foundation
import Testing

/// A page of the documentation, as far as tests look at it.
///
/// A comment of HTML before a block or a table says what a test needs to know of it and a reader does not:
///
///     <!-- given: let id = "1" -->          a line of Swift that stands before the block
///     <!-- given: definitions -->           the code that the generator makes of the page's definitions so far
///     <!-- from: PATH -->                   the block shows lines of that file
///     <!-- rows: let id = "1" -->           the code in a table's last column is Swift
///     <!-- manifest: … -->                  the block is a Package.swift
///     <!-- file: NAME -->                   the block is that file, for the commands of the page
///     <!-- needs: Redis -->                 it compiles where the package is built with that trait
///     <!-- not tested: REASON -->           it cannot be
struct MarkdownPage: Sendable, CustomTestStringConvertible {
    /// A fenced block.
    struct Block: Sendable {
        let language: String
        let lines: [String]
        /// The line in the page at which its text begins, from 1.
        let start: Int
        /// The comments right before it, without their brackets.
        let notes: [String]

        var text: String { lines.map { $0 + "\n" }.joined() }

        /// What notes of a kind say.
        func notes(_ kind: String) -> [String] {
            notes.filter { $0.hasPrefix(kind + ": ") }.map { String($0.dropFirst(kind.count + 2)) }
        }
    }

    /// A row of a table whose last column is Swift.
    struct Row: Sendable {
        let cells: [String]
        let line: Int
        /// Lines of Swift that stand before the code.
        let given: String
    }

    /// The path from the package's folder.
    let path: String
    let text: String
    let blocks: [Block]
    let rows: [Row]

    var testDescription: String { path }

    init(path: String) throws {
        self.path = path
        text = try String(contentsOf: PackageFiles.root.appendingPathComponent(path), encoding: .utf8)
        var blocks: [Block] = []
        var rows: [Row] = []
        var notes: [String] = []
        var open: (language: String, lines: [String], start: Int, indent: Int)?
        var given: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            if var block = open {
                if content == "```" {
                    blocks.append(
                        Block(language: block.language, lines: block.lines, start: block.start, notes: notes)
                    )
                    notes = []
                    open = nil
                } else {
                    block.lines.append(String(line.dropFirst(min(block.indent, line.count - content.count))))
                    open = block
                }
            } else if content.hasPrefix("```") {
                open = (String(content.dropFirst(3)), [], index + 2, line.count - content.count)
            } else if content.hasPrefix("<!-- "), content.hasSuffix(" -->") {
                notes.append(String(content.dropFirst(5).dropLast(4)))
            } else if content.hasPrefix("|") {
                if let note = notes.first(where: { $0.hasPrefix("rows: ") }) { given = String(note.dropFirst(6)) }
                notes = []
                if let given, !content.hasPrefix("| ---") {
                    let cells = content.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                    rows.append(Row(cells: cells, line: index + 1, given: given))
                }
            } else {
                if !content.isEmpty { notes = [] }
                given = nil
            }
        }
        self.blocks = blocks
        // The first row of each table is its head.
        self.rows = rows.filter { $0.cells != ["Python", "Swift"] }
    }

    /// The README, every guide, and the first page of each module.
    static let all: [MarkdownPage] = {
        let folder = PackageFiles.root.appendingPathComponent("Documentation")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let guides = names.filter { $0.hasSuffix(".md") }.sorted().map { "Documentation/\($0)" }
        let modules = ["MetricsRuntime", "MetricsServer", "MetricsRedis", "SwiftMetricsBackend", "WorkerMetrics"].map {
            "Sources/\($0)/\($0).docc/\($0).md"
        }
        return (["README.md", "CONTRIBUTING.md"] + guides + modules).compactMap { try? MarkdownPage(path: $0) }
    }()
}

/// The code spans in a text.
func codeSpans(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
}
