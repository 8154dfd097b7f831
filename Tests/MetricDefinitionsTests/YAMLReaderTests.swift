import MetricDefinitions
import Testing

/// Bytes to nodes, with the traps of YAML.
@Suite struct YAMLReaderTests {
    private func read(_ text: String) -> (root: YAMLNode?, sink: DiagnosticSink, isComplete: Bool) {
        read(bytes: Array(text.utf8))
    }

    private func read(bytes: [UInt8]) -> (root: YAMLNode?, sink: DiagnosticSink, isComplete: Bool) {
        var sink = DiagnosticSink()
        let file = SourceFile(path: "a.yaml", bytes: bytes)
        let document = YAMLReader.read(file, id: SourceID(index: 0), into: &sink)
        return (document.root, sink, document.isComplete)
    }

    private func entries(_ node: YAMLNode?) -> [YAMLEntry] {
        if case .mapping(let entries) = node?.content { entries } else { [] }
    }

    private func place(_ span: SourceSpan?) -> String {
        span.map { "\($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column)" } ?? "none"
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func positionsCountLinesAsEditorsDo(newline: String) throws {
        let text = ["# Ünïcode", "a: é日🙂x", "b: 'y'"].joined(separator: newline)
        let entries = entries(read(text).root)
        try #require(entries.count == 2)
        #expect(place(entries[0].key.span) == "2:1-2:2")
        #expect(place(entries[0].value.span) == "2:4-2:8")
        #expect(place(entries[1].value.span) == "3:4-3:7")
    }

    @Test func aByteOrderMarkIsNoColumn() throws {
        let entries = entries(read(bytes: [0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)).root)
        #expect(place(entries.first?.key.span) == "1:1-1:2")
    }

    @Test func unicodeLineSeparatorsEndNoLine() throws {
        let entries = entries(read("a: \"x\u{2028}y\"\nb: 1\n").root)
        try #require(entries.count == 2)
        #expect(place(entries[1].key.span) == "2:1-2:2")
    }

    @Test func invalidUTF8IsReportedAtItsByte() {
        let result = read(bytes: Array("a: é\nb: x".utf8) + [0xFF])
        #expect(place(result.sink.diagnostics.first?.span) == "2:5-2:5")
        #expect(result.sink.diagnostics.first?.message == "byte 0xFF is not UTF-8; save the file as UTF-8")
        let wide = read(bytes: [0xFF, 0xFE, 0x61, 0x00])
        #expect(wide.sink.diagnostics.first?.message == "the file is UTF-16; definitions are UTF-8")
    }

    @Test(arguments: [
        ("a: b: c", "1:5 yaml-syntax"),
        ("a: [1, 2", "1:9 yaml-syntax"),
        ("a: \"x", "1:6 yaml-syntax"),
        ("a: @x", "1:4 yaml-syntax"),
        ("a:\n  - x\n b: y\n", "3:2 yaml-syntax"),
        ("a:\n\tb: 1\n", "2:1 yaml-tab-indent"),
        ("a:\n  [x,\n\ty]\n", "3:1 yaml-tab-indent"),
        ("a: 1\n  \tb: 2\n", "2:3 yaml-tab-indent"),
        ("a: |\n  x\n\t# comment\n", "3:1 yaml-tab-indent"),
        ("a: 1\na: 2\n", "2:1 yaml-duplicate-key"),
        ("a: 1\n---\nb: 2\n", "2:1 yaml-multiple-documents"),
        ("a: *x\n", "1:4 yaml-unknown-alias"),
        ("a: !!int 1\n", "1:4 yaml-tag"),
        ("? {a: 1}\n: 2\n", "1:3 yaml-complex-key"),
    ])
    func problem(text: String, place: String) {
        let found = read(text).sink.diagnostics.map { "\($0.span.start.line):\($0.span.start.column) \($0.rule)" }
        #expect(found == [place])
    }

    @Test func tabsAreContentInScalars() {
        #expect(read("a: |\n  x\n  \ty\nb: \"x\n\ty\"\n").sink.diagnostics.isEmpty)
    }

    @Test func depthIsBounded() {
        let deep = read("a: " + String(repeating: "[", count: 100_000))
        #expect(deep.sink.diagnostics.map(\.rule.text) == ["yaml-depth"])
        #expect(!deep.isComplete)
    }

    @Test func aliasesSeeOnlyWhatStandsBefore() {
        #expect(read("a: &x [*x]\n").sink.diagnostics.map(\.rule.text) == ["yaml-unknown-alias"])
        let node = entries(read("a: &x [1, 2]\nb: *x\n").root).last?.value
        guard case .sequence(let items) = node?.content else {
            Issue.record("the alias is no list")
            return
        }
        #expect(items.count == 2)
    }

    @Test func mergeKeysYieldToKeysOfTheMapping() throws {
        let root = read("base: &base {a: 1, b: 2}\nnode:\n  <<: [*base, {c: 3}]\n  b: 4\n").root
        let merged = entries(entries(root).last?.value)
        let values = merged.map { entry in
            guard case .scalar(let scalar) = entry.value.content else { return "" }
            return "\(entry.key.value)=\(scalar.text)"
        }
        #expect(values.sorted() == ["a=1", "b=4", "c=3"])
    }

    @Test func whatStandsBeforeASyntaxErrorIsKept() {
        let result = run(
            """
            metrics:
              - {name: shop_jobs_total, type: conter, documentation: Jobs done}
              - name: shop_other_total
                type: "counter
            """
        )
        #expect(result.rules == ["unknown-value", "yaml-syntax"])
    }

    @Test func aConflictMakesNoNoiseInOtherFiles() {
        let sides = ["<<<<<<< HEAD", "  user: {max_values: 9}", "=======", "  user: {max_values: 8}", ">>>>>>> other"]
        let conflict = (["label_sets:"] + sides).joined(separator: "\n")
        let user = "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: [user]}\n"
        #expect(run(["sets.yaml": conflict, "shop.yaml": user]).rules == ["merge-conflict"])
        #expect(run(["shop.yaml": user]).rules == ["unbounded-label"])
    }
}
