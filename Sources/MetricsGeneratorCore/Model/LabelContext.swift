internal import MetricDefinitions

/// One label of a metric.
struct LabelContext: TemplateContext {
    let label: ResolvedLabel

    private var values: [String] {
        if case .closed(_, let values, _) = label.kind { values } else { [] }
    }

    private var other: String {
        if case .closed(_, _, .some(let other)) = label.kind { other } else { "" }
    }

    private var maxValues: Int? {
        if case .open(_, let maxValues) = label.kind { maxValues } else { nil }
    }

    private var isInt: Bool {
        if case .open(isInt: true, _) = label.kind { true } else { false }
    }

    private var isBool: Bool {
        if case .bool = label.kind { true } else { false }
    }

    static let table = ContextTable<LabelContext>([
        .rawText("labelName", "the label's name") { $0.label.name },
        .rawText("labelHelp", "what the label means, where that is said") { $0.label.documentation ?? "" },
        .flag("isOpenLabel", "whether the label takes any text or number") { $0.label.closedValues == nil },
        .flag("isClosedLabel", "whether the label takes the values of a closed set") { !$0.values.isEmpty },
        .flag("isInt", "whether the label takes whole numbers") { $0.isInt },
        .flag("isBool", "whether the label is `true` or `false`") { $0.isBool },
        .list("labelValues", "the values of a closed set, with the one for all others") { label in
            label.values.map { ValueContext(value: $0) }
        },
        .rawText("otherValue", "the value for everything outside a closed set, where there is one") { $0.other },
        .optionalText("valueLimit", "how many values an open label takes before others become `__overflow__`") {
            $0.maxValues.map { String($0) }
        },
    ])
}

/// One value: of a closed set, or a state.
struct ValueContext: TemplateContext {
    let value: String

    static let table = ContextTable<ValueContext>([
        .rawText("value", "the value as it is exposed") { $0.value }
    ])
}

/// A label that every series carries with the same value.
struct ConstantLabelContext: TemplateContext {
    let label: ResolvedMetric.ConstantLabel

    static let table = ContextTable<ConstantLabelContext>([
        .rawText("labelName", "the label's name") { $0.label.name },
        .rawText("value", "its value") { $0.label.value },
    ])
}

/// That a metric should no longer be used.
struct DeprecationContext: TemplateContext {
    let deprecation: ResolvedMetric.Deprecation

    static let table = ContextTable<DeprecationContext>([
        .rawText("deprecatedSince", "the version that deprecated the metric, where that is said") {
            $0.deprecation.since ?? ""
        },
        .rawText("message", "why, as a sentence, where that is said") {
            SwiftText.sentence($0.deprecation.message ?? "")
        },
        .rawText("replacement", "the exposed name of the metric to use instead, where there is one") {
            $0.deprecation.replacedBy ?? ""
        },
    ])
}
