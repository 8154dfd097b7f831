extension DefinitionReader {
    static let metricKeys = [
        "name", "type", "documentation", "unit", "labels", "constant_labels", "buckets", "states", "multiprocess_mode",
        "max_series", "swift_name", "stability", "since", "deprecated", "allow",
    ]

    mutating func metric(_ node: YAMLNode) -> MetricDefinition? {
        guard let reader = MappingReader(node, "a metric", known: Self.metricKeys, into: &sink) else { return nil }
        var metric = MetricDefinition(span: reader.span, firstKey: reader.firstKey)
        for entry in reader.entries { metric.keys[entry.key.value] = entry.key.span }
        reader.require("name", "type", "documentation", into: &sink)
        metric.name = reader.text("name", into: &sink)
        metric.type = reader.choice("type", "metric type", of: MetricType.self, into: &sink)
        metric.documentation = reader.text("documentation", into: &sink)
        metric.unit = reader.text("unit", into: &sink)
        metric.labels = labels(reader.items("labels", into: &sink) ?? [])
        if let node = reader.value("constant_labels") { metric.constantLabels = constantLabels(node) }
        if let node = reader.value("buckets") { metric.buckets = buckets(node) }
        for item in reader.items("states", into: &sink) ?? [] {
            if let state = NodeReader.anyText(item, "a state", into: &sink) { metric.states.append(state) }
        }
        metric.multiprocessMode = reader.choice(
            "multiprocess_mode",
            "multiprocess mode",
            of: MultiprocessMode.self,
            into: &sink
        )
        metric.maxSeries = reader.count("max_series", into: &sink)
        metric.swiftName = reader.text("swift_name", into: &sink)
        metric.stability = reader.choice("stability", "stability", of: Stability.self, into: &sink)
        metric.since = reader.anyText("since", into: &sink)
        if let node = reader.value("deprecated") { metric.deprecated = deprecation(node) }
        metric.allow = allow(reader, scope: reader.span)
        return metric
    }

    private mutating func constantLabels(_ node: YAMLNode) -> [ConstantLabelDefinition] {
        guard case .mapping(let entries) = node.content else {
            let found = node.kindDescription
            sink.report(KeyRules.wrongType, at: node.span, "'constant_labels' must be a mapping, found \(found)")
            return []
        }
        return entries.compactMap { entry in
            NodeReader.anyText(entry.value, "the value of '\(entry.key.value)'", into: &sink)
                .map { ConstantLabelDefinition(name: entry.key, value: $0) }
        }
    }

    private mutating func deprecation(_ node: YAMLNode) -> DeprecationDefinition? {
        let keys = ["since", "message", "replaced_by"]
        guard let reader = MappingReader(node, "'deprecated'", known: keys, into: &sink) else { return nil }
        return DeprecationDefinition(
            span: reader.firstKey,
            since: reader.anyText("since", into: &sink),
            message: reader.text("message", into: &sink),
            replacedBy: reader.text("replaced_by", into: &sink)
        )
    }

    private mutating func buckets(_ node: YAMLNode) -> BucketDefinition? {
        switch node.content {
        case .scalar:
            return NodeReader.text(node, "'buckets' (a list, a generator or a preset's name)", into: &sink)
                .map { .preset($0) }
        case .sequence(let items):
            let bounds = items.compactMap { NodeReader.number($0, "a bucket", into: &sink) }
            // A bound that cannot be read was reported; the rest would only make follow-up noise.
            return bounds.count == items.count ? .list(bounds, span: node.span) : nil
        case .mapping(let entries):
            let names: [String] = BucketGenerator.allCases.map(\.rawValue)
            guard let reader = MappingReader(node, "'buckets'", known: names, into: &sink) else { return nil }
            guard entries.count == 1, let entry = entries.first else {
                let message = "'buckets' takes one generator: \(names.joined(separator: ", "))"
                sink.report(BucketRules.generatorArguments, at: reader.firstKey, message)
                return nil
            }
            guard let generator = BucketGenerator(rawValue: entry.key.value) else { return nil }
            return bucketGenerator(generator, entry.value)
        }
    }

    private mutating func bucketGenerator(_ generator: BucketGenerator, _ node: YAMLNode) -> BucketDefinition? {
        let names = generator.argumentNames
        guard let reader = MappingReader(node, "'\(generator.rawValue)'", known: names, into: &sink) else { return nil }
        var arguments: [String: Located<Double>] = [:]
        for name in names {
            reader.require(name, into: &sink)
            guard let value = reader.value(name) else { continue }
            arguments[name] = NodeReader.number(value, "'\(name)'", into: &sink)
        }
        guard arguments.count == names.count else { return nil }
        return .generator(generator, arguments: arguments, span: reader.firstKey)
    }
}
