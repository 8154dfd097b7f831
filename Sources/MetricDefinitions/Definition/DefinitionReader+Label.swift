extension LabelDefinition {
    /// A label of a metric: a name, or a mapping.
    static func label(_ node: YAMLNode) -> LabelDefinition? {
        if case .mapping(let entries) = node.content {
            let name = MappingKeys(entries).value("name").flatMap(NodeReader.text)
            return LabelDefinition(entries, span: node.span, name: name)
        }
        return NodeReader.text(node).map { LabelDefinition(span: node.span, name: $0) }
    }

    /// A label or a label set with what its mapping says.
    convenience init(_ entries: [YAMLEntry], span: SourceSpan, name: Located<String>?) {
        let keys = MappingKeys(entries)
        let values = keys.value("values")
        let readValues = values.flatMap(Self.values)
        self.init(
            span: span,
            name: name,
            documentation: keys.value("documentation").flatMap(NodeReader.text),
            type: keys.value("type").flatMap { NodeReader.choice($0, of: LabelType.self) },
            values: readValues,
            valuesSpan: values?.span,
            // Without the set that could not be read, nothing can be said of the value outside it.
            other: values != nil && readValues == nil ? nil : keys.value("other").flatMap(NodeReader.anyText),
            maxValues: keys.value("max_values").flatMap(NodeReader.count)
        )
    }

    /// The values of a closed set; `nil` where one could not be read.
    private static func values(_ node: YAMLNode) -> [LabelValueDefinition]? {
        switch node.content {
        case .sequence(let items):
            let values = items.compactMap { NodeReader.anyText($0).map { LabelValueDefinition(value: $0) } }
            return values.count == items.count ? values : nil
        case .mapping(let entries):
            let values = entries.compactMap { entry in
                NodeReader.anyText(entry.value).map { LabelValueDefinition(caseName: entry.key, value: $0) }
            }
            return values.count == entries.count ? values : nil
        case .scalar: return nil
        }
    }
}
