import Foundation
import MetricDefinitions
import ProcessTesting
import Testing

/// The JSON Schema and the reader say the same, by the judgement of Python's `jsonschema`.
@Suite(.blocking) struct SchemaAgreementTests {
    private static let python = Program.python(with: "jsonschema")

    /// Rules about structure, which a schema can express.
    private static let structural: Set<String> = [
        "unknown-key", "missing-key", "wrong-type", "unknown-value", "key-not-for-type", "out-of-range",
    ]

    private static let script = """
        import json, sys
        import jsonschema
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        for line in open(sys.argv[2]):
            print("valid" if validator.is_valid(json.loads(line)) else "invalid")
        """

    /// Whether the schema accepts each of some files.
    private func judge(_ documents: [JSONValue]) throws -> [Bool] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let schema = folder.appendingPathComponent("schema.json")
        let lines = folder.appendingPathComponent("documents")
        try Data(DefinitionJSONSchema.text.utf8).write(to: schema)
        try Data(documents.map { $0.line + "\n" }.joined().utf8).write(to: lines)
        let python = try #require(Self.python)
        let result = try python.run(["-c", Self.script, schema.path, lines.path])
        #expect(result.code == 0, "\(result.output)")
        return result.output.split(separator: "\n").map { $0 == "valid" }
    }

    @Test(.enabled(if: python != nil, "Python has no jsonschema (METRICS_PYTHON names another Python)"))
    func theSchemaAcceptsEveryGoodExample() throws {
        var names: [String] = []
        var documents: [JSONValue] = []
        for rule in RuleTable.all {
            guard case .definitions(let sources) = rule.good else { continue }
            for source in sources {
                names.append("\(rule.id) \(source.path)")
                documents.append(json(of: source))
            }
        }
        for name in ["Definitions/worker.yaml", "Definitions/master.yaml"] {
            names.append(name)
            documents.append(json(of: SourceFile(path: name, bytes: try PackageFiles.read(name))))
        }
        names.append("init")
        documents.append(json(of: SourceFile(path: "a.yaml", text: StarterFile.text(namespace: "shop"))))
        let verdicts = try judge(documents)
        #expect(zip(names, verdicts).filter { !$0.1 }.map(\.0) == [])
        #expect(verdicts.count > 100)
    }

    @Test(.enabled(if: python != nil, "Python has no jsonschema (METRICS_PYTHON names another Python)"))
    func theSchemaRejectsWhatBreaksTheStructure() throws {
        var texts: [String] = []
        for id in Self.structural {
            guard case .definitions(let sources) = RuleTable.rule(Rule.ID(id))?.bad else { continue }
            texts += sources.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        for example in PlacementTests.cases {
            let rules = run(example.text).rules
            // A preset's name is no structure: projects may have presets that an older schema does not know.
            guard rules.contains(where: Self.structural.contains), !example.text.contains("prometeus") else { continue }
            texts.append(example.text)
        }
        let verdicts = try judge(texts.map { json(of: SourceFile(path: "a.yaml", text: $0)) })
        #expect(zip(texts, verdicts).filter(\.1).map(\.0) == [])
        #expect(verdicts.count > 15)
    }

    private func json(of source: SourceFile) -> JSONValue {
        var sink = DiagnosticSink()
        let document = YAMLReader.read(source, id: SourceID(index: 0), into: &sink)
        return document.root.map(json) ?? .object(JSONMembers([]))
    }

    private func json(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .sequence(let items): return .array(items.map(json))
        case .mapping(let entries): return .object(JSONMembers(entries.map { ($0.key.value, json($0.value)) }))
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .int(let value): return .int(value)
            case .float(let value): return .number(value)
            case .string: return .string(scalar.text)
            }
        }
    }
}
