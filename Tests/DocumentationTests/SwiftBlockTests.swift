#if Server && SwiftMetrics && os(Linux)
    import Foundation
    import Testing

    /// Every piece of Swift in the README and the guides compiles against the package.
    @Suite(.timeLimit(.minutes(10)))
    struct SwiftBlockTests {
        /// What some pages leave to the reader, and what every block may use.
        private static let given = """
            let id = "worker_1"
            let logger = Logger(label: "app")

            """

        @Test(arguments: MarkdownPage.all.filter { page in page.blocks.contains { $0.language == "swift" } })
        func blocksCompile(_ page: MarkdownPage) async throws {
            var check = try SwiftCheck()
            var definitions: [String] = []
            var made = 0
            var count = 0
            for block in page.blocks {
                if block.language == "yaml", block.text.contains("metrics:") {
                    definitions.append(
                        block.text.replacing("metrics:", with: "access: internal\nmetrics:", maxReplacements: 1)
                    )
                }
                guard block.language == "swift", block.notes("not tested").isEmpty else { continue }
                #if !Redis
                    if block.notes("needs") == ["Redis"] { continue }
                #endif
                if let file = block.notes("from").first {
                    try expectLines(of: block, in: file, page: page)
                } else if !block.notes("manifest").isEmpty {
                    try await expectManifest(block, page: page)
                } else {
                    count += 1
                    var given = block.notes("given")
                    let needsDefinitions = given.contains("definitions")
                    given.removeAll { $0 == "definitions" }
                    if needsDefinitions, made < definitions.count {
                        try await check.add(definitions: definitions, name: "Page\(definitions.count)")
                        made = definitions.count
                    }
                    try check.add(
                        block.lines,
                        given: Self.given.split(separator: "\n").map(String.init).filter { line in
                            // A block that says itself what something is has the last word.
                            !block.lines.contains { $0.hasPrefix(line.prefix { $0 != "=" }) }
                        } + given,
                        page: page.path,
                        line: block.start,
                        hiding: needsDefinitions ? ["WorkerMetrics"] : []
                    )
                }
            }
            guard count > 0 else { return }
            let errors = try await check.errors()
            #expect(errors.isEmpty, "\(errors)")
        }

        @Test(arguments: MarkdownPage.all.filter { !$0.rows.isEmpty })
        func codeInTablesCompiles(_ page: MarkdownPage) async throws {
            var check = try SwiftCheck()
            var seen: Set<String> = []
            for row in page.rows {
                for span in codeSpans(in: row.cells.last ?? "") where seen.insert(span).inserted {
                    // The name of a type alone is no expression.
                    let isType = span.wholeMatch(of: #/[A-Z]\w*/#) != nil
                    // Words that are none of Swift: labels and keys in backquotes.
                    guard span.first?.isUppercase == true || span.contains(where: { "(.".contains($0) }) else {
                        continue
                    }
                    try check.add(
                        [isType ? "typealias Named = \(span)" : "_ = \(span)"],
                        given: [row.given],
                        page: page.path,
                        line: row.line
                    )
                }
            }
            #expect(seen.count > 20)
            let errors = try await check.errors()
            #expect(errors.isEmpty, "\(errors)")
        }

        /// The check finds what does not compile; otherwise the others would prove nothing.
        @Test func whatDoesNotCompileIsFound() async throws {
            var check = try SwiftCheck()
            try check.add(["WorkerRequests.inc(workerIdentifier: \"1\")"], page: "Page.md", line: 7)
            let errors = try await check.errors()
            #expect(errors.contains("Page.md:7:"), "\(errors)")
            #expect(errors.contains("error: "), "\(errors)")
        }

        private func expectLines(of block: MarkdownPage.Block, in path: String, page: MarkdownPage) throws {
            let lines = Set(
                try PackageFiles.read(path).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            )
            for (offset, line) in block.lines.enumerated() {
                let line = line.trimmingCharacters(in: .whitespaces)
                #expect(
                    line.isEmpty || line == "…" || lines.contains(line),
                    "\(page.path):\(block.start + offset): \(path) has no such line"
                )
            }
        }

        private func expectManifest(_ block: MarkdownPage.Block, page: MarkdownPage) async throws {
            let folder = try TemporaryFolder()
            try folder.write(block.text, to: "Package.swift")
            let run = try await ShellRun("swift package dump-package", in: folder.url, seconds: 300)
            #expect(run.code == 0, "\(page.path):\(block.start): \(run.output)")
        }
    }
#endif
