/// Definitions to the resolved model: the third stage, which runs where no rule of severity error was broken.
struct Resolver {
    private let files: [DefinitionFile]
    private let labelSets: LabelSetTable
    private let names: SwiftNameTable
    private let labelNames: LabelNames
    private var typeNames: [String: String] = [:]

    init(_ context: CheckContext) {
        files = context.files
        labelSets = context.labelSets
        names = context.names
        labelNames = context.labelNames
        for metric in context.metrics {
            if let name = metric.name?.value { typeNames[name] = names.metricType(metric) }
        }
    }

    func resolve() -> ResolvedModel {
        ResolvedModel(
            files: files.enumerated().map { index, file in
                let access = file.access?.value ?? .public
                return ResolvedFile(
                    name: file.name,
                    stem: file.stem,
                    swiftName: SwiftCase.lowerCamel(file.stem),
                    definitionsType: "_" + SwiftCase.upperCamel(file.stem) + "Metrics",
                    namespace: file.namespace?.value,
                    access: access,
                    labelTypes: names.labelTypes.filter { $0.file == index }.map(labelType),
                    metrics: file.metrics.compactMap { metric($0, access) }
                )
            }
        )
    }

    private func labelType(_ type: SwiftNameTable.LabelType) -> ResolvedLabelType {
        var cases = (type.label.values ?? []).map { value in
            ResolvedLabelType.Case(swiftName: SwiftCaseName.name(of: value), value: value.value.value)
        }
        if let other = type.label.other?.value {
            cases.append(ResolvedLabelType.Case(swiftName: SwiftCaseName.other, value: other))
        }
        return ResolvedLabelType(
            swiftName: type.swiftName,
            labelName: type.label.name?.value ?? "",
            documentation: type.label.documentation?.value,
            cases: cases,
            other: type.label.other?.value,
            access: type.access,
            original: type.original
        )
    }

    private func metric(_ metric: MetricDefinition, _ access: AccessLevel) -> ResolvedMetric? {
        guard let name = metric.name, let type = metric.type?.value, let documentation = metric.documentation else {
            return nil
        }
        let budget = SeriesBudget(metric, labelSets: labelSets)
        return ResolvedMetric(
            name: name.value,
            type: type,
            documentation: documentation.value,
            unit: metric.unit?.value ?? "",
            labels: metric.labels.map(label),
            constantLabels: metric.constantLabels.map { .init(name: $0.name.value, value: $0.value.value) },
            buckets: type == .histogram ? buckets(metric.buckets) : [],
            states: (metric.states ?? []).map { state in
                .init(swiftName: SwiftCaseName.name(of: LabelValueDefinition(value: state)), value: state.value)
            },
            multiprocessMode: metric.multiprocessMode?.value ?? .all,
            maxSeries: metric.maxSeries?.value ?? SeriesBudget.standardLimit,
            combinations: budget.combinations,
            overflowSeries: budget.overflowSeries,
            swiftName: names.metricType(metric),
            swiftMetricsLabel: metric.swiftMetricsLabel?.value,
            stability: metric.stability?.value,
            since: metric.since?.value,
            deprecation: metric.deprecated.map(deprecation),
            access: access,
            definedAt: name.span
        )
    }

    private func label(_ label: LabelDefinition) -> ResolvedLabel {
        let resolved = labelSets.resolve(label)
        let name = resolved.name?.value ?? ""
        let kind: ResolvedLabel.Kind
        if let values = resolved.values {
            // In the order of the type's cases: their indexes are those of the values.
            kind = .closed(
                type: names.labelType(label) ?? "",
                values: (names.declaration(label)?.values ?? values).map(\.value.value)
                    + [resolved.other?.value].compactMap { $0 },
                other: resolved.other?.value
            )
        } else if resolved.type?.value == .bool {
            kind = .bool
        } else {
            kind = .open(isInt: resolved.type?.value == .int, maxValues: resolved.maxValues?.value)
        }
        return ResolvedLabel(
            name: name,
            swiftName: labelNames.parameter(of: name),
            documentation: resolved.documentation?.value,
            kind: kind
        )
    }

    private func buckets(_ definition: BucketDefinition?) -> [Double] {
        switch definition {
        case .list(let bounds, _): bounds.map(\.value).filter(\.isFinite)
        case .preset(let name): BucketPresets.bounds(of: name.value) ?? []
        case .generator(let generator, let arguments, _): BucketPresets.bounds(generator, arguments.mapValues(\.value))
        case nil: BucketPresets.bounds(of: BucketPresets.standard) ?? []
        }
    }

    private func deprecation(_ deprecation: DeprecationDefinition) -> ResolvedMetric.Deprecation {
        ResolvedMetric.Deprecation(
            since: deprecation.since?.value,
            message: deprecation.message?.value,
            replacedBy: deprecation.replacedBy?.value,
            replacementType: deprecation.replacedBy.flatMap { typeNames[$0.value] }
        )
    }
}
