/// A label of a metric, or a label set: both have the same keys. A class, as `MetricDefinition` is.
package final class LabelDefinition: Sendable {
    package let span: SourceSpan
    package let name: Located<String>?
    package let documentation: Located<String>?
    package let type: Located<LabelType>?
    /// The closed set; `nil` for an open label.
    package let values: [LabelValueDefinition]?
    package let valuesSpan: SourceSpan?
    /// The value that stands for everything outside the set.
    package let other: Located<String>?
    package let maxValues: Located<Int>?

    init(
        span: SourceSpan,
        name: Located<String>?,
        documentation: Located<String>? = nil,
        type: Located<LabelType>? = nil,
        values: [LabelValueDefinition]? = nil,
        valuesSpan: SourceSpan? = nil,
        other: Located<String>? = nil,
        maxValues: Located<Int>? = nil
    ) {
        self.span = span
        self.name = name
        self.documentation = documentation
        self.type = type
        self.values = values
        self.valuesSpan = valuesSpan
        self.other = other
        self.maxValues = maxValues
    }

    /// Whether nothing but the name, or the documentation, is given, so that a label set of the name applies.
    package var takesLabelSet: Bool { type == nil && values == nil && other == nil && maxValues == nil }
}

/// The Swift type of a label's parameter.
package enum LabelType: String, Sendable, CaseIterable {
    case string
    case int
    case bool
}

/// One value of a closed set.
package struct LabelValueDefinition: Sendable {
    /// The Swift case, where the definition names it.
    package var caseName: Located<String>?
    package var value: Located<String>
}

/// The label sets of all files by name.
package struct LabelSetTable: Sendable {
    private var sets: [String: LabelDefinition] = [:]
    /// The labels that take a set, with what it says: each is asked for by several rules.
    private var resolved: [ObjectIdentifier: LabelDefinition] = [:]

    /// The first definition of a name counts; `duplicate-label-set` reports the others.
    package init(_ files: [DefinitionFile]) {
        for set in files.lazy.flatMap(\.labelSets) {
            guard let name = set.name?.value, sets[name] == nil else { continue }
            sets[name] = set
        }
        guard !sets.isEmpty else { return }
        for label in files.lazy.flatMap(\.metrics).flatMap(\.labels) {
            guard label.takesLabelSet, let name = label.name, let set = sets[name.value] else { continue }
            resolved[ObjectIdentifier(label)] = Self.label(label, named: name, of: set)
        }
    }

    package func set(named name: String) -> LabelDefinition? { sets[name] }

    package var names: [String] { sets.keys.sorted() }

    /// A label with what its label set says, where it takes one.
    package func resolve(_ label: LabelDefinition) -> LabelDefinition { resolved[ObjectIdentifier(label)] ?? label }

    private static func label(
        _ label: LabelDefinition,
        named name: Located<String>,
        of set: LabelDefinition
    ) -> LabelDefinition {
        LabelDefinition(
            span: label.span,
            name: name,
            documentation: label.documentation ?? set.documentation,
            type: set.type,
            values: set.values,
            valuesSpan: set.valuesSpan,
            other: set.other,
            maxValues: set.maxValues
        )
    }
}
