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
