/// Nodes to definitions: the second stage.
///
/// What cannot be read is reported and left out.
package struct DefinitionReader {
    static let fileKeys = ["namespace", "access", "label_sets", "metrics", "allow"]

    package internal(set) var sink = DiagnosticSink()

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
        guard let reader = MappingReader(root, "a definition file", known: Self.fileKeys, into: &sink) else {
            definition.isComplete = false
            return definition
        }
        definition.namespace = reader.text("namespace", into: &sink)
        definition.access = reader.choice("access", "access level", of: AccessLevel.self, into: &sink)
        definition.allow = allow(reader, scope: nil)
        if let node = reader.value("label_sets") { definition.labelSets = labelSets(node) }
        for item in reader.items("metrics", into: &sink) ?? [] {
            if let metric = metric(item) { definition.metrics.append(metric) }
        }
        let isEmpty = (reader.value("metrics").map(Self.isEmptyList) ?? true) && definition.labelSets.isEmpty
        if isEmpty, document.isComplete { reportEmpty(definition) }
        return definition
    }

    private mutating func reportEmpty(_ definition: DefinitionFile) {
        sink.report(FileRules.emptyFile, at: definition.span, "the file defines no metric")
    }

    private static func isEmptyList(_ node: YAMLNode) -> Bool {
        if case .sequence(let items) = node.content { return items.isEmpty }
        return false
    }

    // MARK: Label sets and labels

    private mutating func labelSets(_ node: YAMLNode) -> [LabelDefinition] {
        guard case .mapping(let entries) = node.content else {
            let found = node.kindDescription
            sink.report(KeyRules.wrongType, at: node.span, "'label_sets' must be a mapping by name, found \(found)")
            return []
        }
        return entries.compactMap { entry in
            let keys = Self.labelKeys.filter { $0 != "name" }
            guard let reader = MappingReader(entry.value, "a label set", known: keys, into: &sink) else { return nil }
            return label(reader, name: entry.key)
        }
    }

    static let labelKeys = ["name", "documentation", "values", "other", "max_values", "type"]

    /// The labels of a metric: names, or mappings.
    mutating func labels(_ nodes: [YAMLNode]) -> [LabelDefinition] {
        nodes.compactMap { node in
            if case .mapping = node.content {
                guard let reader = MappingReader(node, "a label", known: Self.labelKeys, into: &sink) else {
                    return nil
                }
                reader.require("name", into: &sink)
                return label(reader, name: reader.text("name", into: &sink))
            }
            guard let name = NodeReader.text(node, "a label", into: &sink) else { return nil }
            return LabelDefinition(span: node.span, name: name)
        }
    }

    private mutating func label(_ reader: MappingReader, name: Located<String>?) -> LabelDefinition {
        var label = LabelDefinition(span: reader.span, name: name)
        label.documentation = reader.text("documentation", into: &sink)
        label.type = reader.choice("type", "label type", of: LabelType.self, into: &sink)
        if let values = reader.value("values") {
            label.values = labelValues(values)
            label.valuesSpan = values.span
        }
        label.other = reader.anyText("other", into: &sink)
        label.maxValues = reader.count("max_values", into: &sink)
        return label
    }

    private mutating func labelValues(_ node: YAMLNode) -> [LabelValueDefinition] {
        switch node.content {
        case .sequence(let items):
            return items.compactMap { item in
                NodeReader.anyText(item, "a value", into: &sink).map { LabelValueDefinition(value: $0) }
            }
        case .mapping(let entries):
            return entries.compactMap { entry in
                NodeReader.anyText(entry.value, "the value of '\(entry.key.value)'", into: &sink)
                    .map { LabelValueDefinition(caseName: entry.key, value: $0) }
            }
        case .scalar:
            let found = node.kindDescription
            let message = "'values' must be a list, or a mapping from Swift case to value, found \(found)"
            sink.report(KeyRules.wrongType, at: node.span, message)
            return []
        }
    }

    // MARK: Suppressions

    mutating func allow(_ reader: MappingReader, scope: SourceSpan?) -> [AllowDefinition] {
        (reader.items("allow", into: &sink) ?? []).compactMap { item in
            guard let entry = MappingReader(item, "an entry of 'allow'", known: ["rule", "reason"], into: &sink) else {
                return nil
            }
            entry.require("rule", into: &sink)
            return AllowDefinition(
                span: entry.firstKey,
                rule: entry.text("rule", into: &sink),
                reason: entry.text("reason", into: &sink),
                scope: scope
            )
        }
    }
}
