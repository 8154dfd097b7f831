extension LabelDefinition {
    /// A label of a metric: a name, or a mapping.
    init?(label node: YAMLNode) {
        if case .mapping(let entries) = node.content {
            self.init(node, name: entries.first { $0.key.value == "name" }.flatMap { NodeReader.text($0.value) })
        } else if let name = NodeReader.text(node) {
            self.init(span: node.span, name: name)
        } else {
            return nil
        }
    }

    /// A label or a label set with what its mapping says.
    init(_ node: YAMLNode, name: Located<String>?) {
        self.init(span: node.span, name: name)
        var areValuesBroken = false
        for entry in NodeReader.entries(node) {
            switch entry.key.value {
            case "documentation": documentation = NodeReader.text(entry.value)
            case "type": type = NodeReader.choice(entry.value, of: LabelType.self)
            case "other": other = NodeReader.anyText(entry.value)
            case "max_values": maxValues = NodeReader.count(entry.value)
            case "values":
                values = Self.values(entry.value)
                valuesSpan = entry.value.span
                areValuesBroken = values == nil
            default: break
            }
        }
        // Without the set that could not be read, nothing can be said of the value outside it.
        if areValuesBroken { other = nil }
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
