extension MetricDefinition {
    /// A metric with what its mapping says; `nil` where the node is no mapping.
    init?(_ node: YAMLNode) {
        guard case .mapping(let entries) = node.content else { return nil }
        self.init(span: node.span, firstKey: entries.first?.key.span ?? node.span)
        for entry in entries {
            let value = entry.value
            keys.add(entry.key)
            switch entry.key.value {
            case "name": name = NodeReader.text(value)
            case "type": type = NodeReader.choice(value, of: MetricType.self)
            case "documentation": documentation = NodeReader.text(value)
            case "unit": unit = NodeReader.text(value)
            case "labels": labels = NodeReader.items(value).compactMap { LabelDefinition(label: $0) }
            case "constant_labels":
                constantLabels = NodeReader.entries(value).compactMap { entry in
                    NodeReader.anyText(entry.value).map { ConstantLabelDefinition(name: entry.key, value: $0) }
                }
            case "buckets": buckets = BucketDefinition(value)
            case "states":
                let items = NodeReader.items(value)
                let texts = items.compactMap { NodeReader.anyText($0) }
                if case .sequence = value.content, texts.count == items.count { states = texts }
            case "multiprocess_mode": multiprocessMode = NodeReader.choice(value, of: MultiprocessMode.self)
            case "max_series": maxSeries = NodeReader.count(value)
            case "swift_name": swiftName = NodeReader.text(value)
            case "stability": stability = NodeReader.choice(value, of: Stability.self)
            case "since": since = NodeReader.anyText(value)
            case "deprecated": deprecated = DeprecationDefinition(value)
            case "allow": allow = AllowDefinition.read(value, scope: node.span)
            default: break
            }
        }
    }
}

extension DeprecationDefinition {
    init?(_ node: YAMLNode) {
        guard case .mapping(let entries) = node.content else { return nil }
        self.init(span: entries.first?.key.span ?? node.span)
        for entry in entries {
            switch entry.key.value {
            case "since": since = NodeReader.anyText(entry.value)
            case "message": message = NodeReader.text(entry.value)
            case "replaced_by": replacedBy = NodeReader.text(entry.value)
            default: break
            }
        }
    }
}

extension BucketDefinition {
    /// The buckets as written; `nil` where any of them could not be read.
    init?(_ node: YAMLNode) {
        switch node.content {
        case .scalar:
            guard let name = NodeReader.text(node) else { return nil }
            self = .preset(name)
        case .sequence(let items):
            let bounds = items.compactMap { NodeReader.number($0) }
            // A bound that cannot be read was reported; the rest would only make follow-up noise.
            guard bounds.count == items.count else { return nil }
            self = .list(bounds, span: node.span)
        case .mapping(let entries):
            guard entries.count == 1, let entry = entries.first,
                let generator = BucketGenerator(rawValue: entry.key.value),
                case .mapping(let given) = entry.value.content
            else { return nil }
            var arguments: [String: Located<Double>] = [:]
            for argument in given { arguments[argument.key.value] = NodeReader.number(argument.value) }
            guard generator.argumentNames.allSatisfy({ arguments[$0] != nil }) else { return nil }
            self = .generator(generator, arguments: arguments, span: given.first?.key.span ?? entry.value.span)
        }
    }
}
