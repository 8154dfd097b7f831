/// Nodes to definitions: the second stage.
///
/// What does not fit the key table is reported by `StructureCheck` and left out here.
package struct DefinitionReader {
    package private(set) var sink = DiagnosticSink()

    package init() {}

    /// Reads one file's nodes.
    package mutating func read(_ document: YAMLDocument, of file: SourceFile, id: SourceID) -> DefinitionFile {
        let start = SourcePosition(line: 1, column: 1)
        var definition = DefinitionFile(
            source: id,
            name: file.name,
            stem: file.stem,
            span: SourceSpan(source: id, start: start, end: start)
        )
        definition.isComplete = document.isComplete
        guard let root = document.root else {
            if document.isComplete { reportEmpty(definition) }
            return definition
        }
        if case .scalar(let scalar) = root.content, scalar.value == .null {
            reportEmpty(definition)
            return definition
        }
        var structure = StructureCheck()
        structure.checkMapping(root, DefinitionSchema.file)
        sink.append(structure.sink)
        guard case .mapping(let entries) = root.content else {
            definition.isComplete = false
            return definition
        }
        // Where a key was misspelt, what stands under it is not missing.
        var isEmpty = entries.allSatisfy { DefinitionSchema.file.key($0.key.value) != nil }
        for entry in entries {
            let node = entry.value
            switch entry.key.value {
            case "namespace": definition.namespace = NodeReader.text(node)
            case "access": definition.access = NodeReader.choice(node, of: AccessLevel.self)
            case "allow": definition.allow = AllowDefinition.read(node, scope: nil)
            case "label_sets":
                definition.labelSets = NodeReader.entries(node).map { entry in
                    LabelDefinition(NodeReader.entries(entry.value), span: entry.value.span, name: entry.key)
                }
                isEmpty = isEmpty && definition.labelSets.isEmpty
            case "metrics":
                definition.metrics = NodeReader.items(node).compactMap { MetricDefinition($0) }
                if case .sequence(let items) = node.content {
                    isEmpty = isEmpty && items.isEmpty
                } else {
                    isEmpty = false
                }
            default: break
            }
        }
        if isEmpty, document.isComplete { reportEmpty(definition) }
        return definition
    }

    private mutating func reportEmpty(_ definition: DefinitionFile) {
        sink.report(FileRules.emptyFile, at: definition.span, "the file defines no metric")
    }
}

extension AllowDefinition {
    /// The entries of `allow`.
    static func read(_ node: YAMLNode, scope: SourceSpan?) -> [AllowDefinition] {
        NodeReader.items(node).compactMap { item in
            guard case .mapping(let entries) = item.content else { return nil }
            var allow = AllowDefinition(span: entries.first?.key.span ?? item.span, scope: scope)
            for entry in entries {
                switch entry.key.value {
                case "rule": allow.rule = NodeReader.text(entry.value)
                case "reason": allow.reason = NodeReader.text(entry.value)
                default: break
                }
            }
            return allow
        }
    }
}
