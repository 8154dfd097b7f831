/// The Swift names of everything that is generated, decided once for all files.
package struct SwiftNameTable: Sendable {
    /// A type of a closed label set, and where it comes from.
    package struct LabelType: Sendable {
        package var swiftName: String
        package var label: LabelDefinition
        /// The file whose output declares it.
        package var file: Int
        /// The widest access of all that use it.
        package var access: AccessLevel
        /// The type that declares the cases, where another one before it has the same: this one is a name for it.
        package var original: String?
    }

    /// The types of closed sets in the order in which they are declared.
    package private(set) var labelTypes: [LabelType] = []
    private var metricNames: [ObjectIdentifier: String] = [:]
    private var labelTypeNames: [ObjectIdentifier: String] = [:]
    private var declarations: [String: LabelDefinition] = [:]

    /// The name of a metric's type; empty where none can be derived.
    package func metricType(_ metric: MetricDefinition) -> String { metricNames[ObjectIdentifier(metric)] ?? "" }

    /// The name of the type of a metric's closed label; `nil` for labels that have none.
    package func labelType(_ label: LabelDefinition) -> String? { labelTypeNames[ObjectIdentifier(label)] }

    /// The label whose values are the cases of a metric's closed label, in their order; `nil` for labels that have none.
    package func declaration(_ label: LabelDefinition) -> LabelDefinition? {
        labelType(label).flatMap { declarations[$0] }
    }

    package init(_ files: [DefinitionFile], labelSets: LabelSetTable) {
        metricNames.reserveCapacity(files.reduce(0) { $0 + $1.metrics.count })
        for file in files {
            for metric in file.metrics {
                metricNames[ObjectIdentifier(metric)] = metric.swiftName?.value ?? Self.typeName(of: metric, in: file)
            }
        }
        nameLabelSets(files)
        nameInlineSets(files, labelSets)
        shareCases()
        widenAccess(files)
    }

    /// The name of a metric's type by rule: without namespace, unit and `_total`, in upper camel case. The namespace stays
    /// where a digit follows it.
    static func typeName(of metric: MetricDefinition, in file: DefinitionFile) -> String {
        guard let name = metric.name?.value else { return "" }
        var stem = name[...]
        if let namespace = file.namespace?.value {
            let rest = dropPrefix(namespace + "_", from: stem)
            // No type's name begins with a digit.
            if rest.utf8.first.map({ !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true { stem = rest }
        }
        if metric.type?.value == .counter { stem = dropSuffix("_total", from: stem) }
        if let unit = metric.unit?.value { stem = dropSuffix("_" + unit, from: stem) }
        return SwiftCase.upperCamel(String(stem))
    }

    /// The name of a label's type: what the label is called, kept apart from the types that everybody uses.
    static func labelTypeName(_ label: String) -> String {
        let name = SwiftCase.upperCamel(label)
        return SwiftIdentifier.reservedTypes.contains(name) ? name + "Label" : name
    }

    private mutating func nameLabelSets(_ files: [DefinitionFile]) {
        var seen: Set<String> = []
        for (index, file) in files.enumerated() {
            for set in file.labelSets where set.values != nil {
                guard let name = set.name?.value, seen.insert(name).inserted else { continue }
                let type = Self.labelTypeName(name)
                labelTypes.append(LabelType(swiftName: type, label: set, file: index, access: .internal))
                labelTypeNames[ObjectIdentifier(set)] = type
            }
        }
    }

    /// Sets that stand in a metric: equal ones share a type, and the label's name is the type's as long as all agree.
    private mutating func nameInlineSets(_ files: [DefinitionFile], _ labelSets: LabelSetTable) {
        struct Use {
            var file: Int
            var metric: String
            var label: LabelDefinition
        }
        var usesByLabel: [String: [Use]] = [:]
        var order: [String] = []
        for (index, file) in files.enumerated() {
            for metric in file.metrics {
                for label in metric.labels {
                    guard let name = label.name?.value else { continue }
                    if let set = labelSets.set(named: name), label.takesLabelSet {
                        labelTypeNames[ObjectIdentifier(label)] = labelTypeNames[ObjectIdentifier(set)]
                    } else if label.values != nil {
                        if usesByLabel[name] == nil { order.append(name) }
                        usesByLabel[name, default: []].append(
                            Use(file: index, metric: metricNames[ObjectIdentifier(metric)] ?? "", label: label)
                        )
                    }
                }
            }
        }
        for name in order {
            let uses = usesByLabel[name] ?? []
            let set = labelSets.set(named: name).flatMap { $0.values == nil ? nil : $0 }
            let contents = uses.map { LabelSetContent($0.label) }
            let isPlain = set == nil && Set(contents).count == 1
            var types: [LabelSetContent: String] = [:]
            if let set { types[LabelSetContent(set)] = Self.labelTypeName(name) }
            for (use, content) in zip(uses, contents) {
                if types[content] == nil {
                    let type = isPlain ? Self.labelTypeName(name) : use.metric + SwiftCase.upperCamel(name)
                    types[content] = type
                    labelTypes.append(LabelType(swiftName: type, label: use.label, file: use.file, access: .internal))
                }
                labelTypeNames[ObjectIdentifier(use.label)] = types[content]
            }
        }
    }

    /// Closed sets with the same members are one type, whatever their labels are called.
    private mutating func shareCases() {
        var originals: [LabelSetContent: LabelType] = [:]
        for index in labelTypes.indices {
            let type = labelTypes[index]
            let content = LabelSetContent(type.label)
            let original = originals[content]
            labelTypes[index].original = original?.swiftName
            declarations[type.swiftName] = original?.label ?? type.label
            if original == nil { originals[content] = type }
        }
    }

    /// A type is as visible as the most visible metric that uses it, by whichever name; an unused one as its file says.
    private mutating func widenAccess(_ files: [DefinitionFile]) {
        var widest: [String: AccessLevel] = [:]
        for file in files {
            let access = file.access?.value ?? .public
            for label in file.metrics.lazy.flatMap(\.labels) {
                guard let type = labelTypeNames[ObjectIdentifier(label)] else { continue }
                widest[type] = max(widest[type] ?? .internal, access)
            }
        }
        for index in labelTypes.indices {
            let type = labelTypes[index]
            labelTypes[index].access = widest[type.swiftName] ?? files[type.file].access?.value ?? .public
        }
        widest = [:]
        for type in labelTypes {
            guard let original = type.original else { continue }
            widest[original] = max(widest[original] ?? .internal, type.access)
        }
        for index in labelTypes.indices {
            guard let access = widest[labelTypes[index].swiftName] else { continue }
            labelTypes[index].access = max(labelTypes[index].access, access)
        }
    }

    private static func dropPrefix(_ prefix: String, from name: Substring) -> Substring {
        name.utf8.starts(with: prefix.utf8) && name.utf8.count > prefix.utf8.count
            ? name.dropFirst(prefix.count) : name
    }

    private static func dropSuffix(_ suffix: String, from name: Substring) -> Substring {
        name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count ? name.dropLast(suffix.count) : name
    }
}

/// What makes two closed sets the same Swift type; the order in which they name their values does not.
private struct LabelSetContent: Hashable {
    private struct Member: Hashable {
        var caseName: String
        var value: String
    }

    /// Sorted by case; where two values have one case, the definition is refused.
    private var members: [Member]
    private var other: String?

    init(_ label: LabelDefinition) {
        members = (label.values ?? []).map { Member(caseName: SwiftCaseName.name(of: $0), value: $0.value.value) }
        members.sort { $0.caseName < $1.caseName }
        other = label.other?.value
    }
}

/// The names of a closed set's cases.
package enum SwiftCaseName {
    /// The case for everything outside the set.
    package static let other = "other"

    /// The case of a value: what the definition says, or the value in lower camel case.
    package static func name(of value: LabelValueDefinition) -> String {
        value.caseName?.value ?? SwiftCase.lowerCamel(value.value.value)
    }
}
