/// Compares two resolved models field by field.
enum ModelComparison {
    static func changes(from old: ResolvedModel, to new: ResolvedModel) -> [ModelChange] {
        let before = Dictionary(old.metrics.map { ($0.name, $0) }) { first, _ in first }
        let after = Dictionary(new.metrics.map { ($0.name, $0) }) { first, _ in first }
        let cases = (old: caseNames(old), new: caseNames(new))
        var changes: [ModelChange] = []
        for name in Set(before.keys).union(after.keys).sorted() {
            switch (before[name], after[name]) {
            case (let old?, let new?): changes += MetricComparison(old: old, new: new, cases: cases).changes
            case (let old?, nil): changes.append(removal(old))
            case (nil, let new?):
                changes.append(ModelChange(impact: .minor, metric: name, field: "metric", new: new.type.rawValue))
            case (nil, nil): break
            }
        }
        changes += members(from: old, to: new)
        changes += sharing(from: old, to: new)
        let order = ModelChange.Impact.allCases
        return order.flatMap { impact in changes.filter { $0.impact == impact } }
    }

    /// A removal breaks whoever still reads the metric; one that was announced is said to be so.
    private static func removal(_ metric: ResolvedMetric) -> ModelChange {
        var old = metric.type.rawValue
        if metric.deprecation != nil {
            old += " (was deprecated)"
        } else if metric.stability == .stable {
            old += " (stable, and never deprecated)"
        }
        return ModelChange(impact: .breaking, metric: metric.name, field: "metric", old: old)
    }

    /// The Swift names of the values of closed labels, by the label's Swift type.
    private static func caseNames(_ model: ResolvedModel) -> [String: [String: String]] {
        let types = model.files.flatMap(\.labelTypes).map { type in
            (type.swiftName, Dictionary(type.cases.map { ($0.value, $0.swiftName) }) { first, _ in first })
        }
        return Dictionary(types) { first, _ in first }
    }

    /// Labels with equal sets have one Swift type, so code may hand values of one to another: until the sets differ.
    private static func sharing(from old: ResolvedModel, to new: ResolvedModel) -> [ModelChange] {
        let before = originals(old)
        let after = originals(new)
        let common = Set(before.keys).intersection(after.keys)
        let groups = [before, after].map { originals in
            Dictionary(grouping: common) { originals[$0] ?? $0 }.mapValues(Set.init)
        }
        // Sets are compared once, however many labels they are of.
        var isSame: [[String]: Bool] = [:]
        return common.sorted().compactMap { name in
            let declared = [before[name] ?? name, after[name] ?? name]
            let same = isSame[declared] ?? (groups[0][declared[0]] == groups[1][declared[1]])
            isSame[declared] = same
            guard !same else { return nil }
            // What others are names for changes with them, and they say so.
            guard before[name] != name || after[name] != name else { return nil }
            let types = [before, after].map { $0[name] == name ? "a type of its own" : "same as \($0[name] ?? "")" }
            return ModelChange(impact: .minor, metric: "(Swift)", field: name, old: types[0], new: types[1])
        }
    }

    /// The type that declares the cases, by the name of each type of a closed label.
    private static func originals(_ model: ResolvedModel) -> [String: String] {
        let types = model.files.flatMap(\.labelTypes).map { ($0.swiftName, $0.original ?? $0.swiftName) }
        return Dictionary(types) { first, _ in first }
    }

    /// The registry's members: one for each file.
    private static func members(from old: ResolvedModel, to new: ResolvedModel) -> [ModelChange] {
        let before = Set(old.files.map(\.swiftName))
        let after = Set(new.files.map(\.swiftName))
        let removed = before.subtracting(after).sorted().map { name in
            ModelChange(impact: .breaking, metric: "(registry)", field: "member", old: name)
        }
        let added = after.subtracting(before).sorted().map { name in
            ModelChange(impact: .minor, metric: "(registry)", field: "member", new: name)
        }
        return removed + added
    }
}

/// Compares two versions of one metric.
private struct MetricComparison {
    let old: ResolvedMetric
    let new: ResolvedMetric
    private let cases: (old: [String: [String: String]], new: [String: [String: String]])
    private(set) var changes: [ModelChange] = []

    /// - Parameter cases: The Swift names of the values of closed labels, by the label's Swift type.
    init(
        old: ResolvedMetric,
        new: ResolvedMetric,
        cases: (old: [String: [String: String]], new: [String: [String: String]])
    ) {
        self.old = old
        self.new = new
        self.cases = cases
        compare("type", .breaking, old.type.rawValue, new.type.rawValue)
        compare("unit", .breaking, Self.quoted(old.unit), Self.quoted(new.unit))
        compareLabels()
        compare("constant_labels", .breaking, Self.text(old.constantLabels), Self.text(new.constantLabels))
        if old.type == .histogram, new.type == .histogram {
            compare("buckets", .breaking, Self.text(old.buckets), Self.text(new.buckets))
        }
        if old.type == .stateset, new.type == .stateset {
            // The Swift name of a state follows from the state.
            compareSets("states", old.states.map(\.value), new.states.map(\.value))
        }
        if old.type == .gauge, new.type == .gauge {
            compare("multiprocess_mode", .breaking, old.multiprocessMode.rawValue, new.multiprocessMode.rawValue)
        }
        compare("swift_name", .breaking, old.swiftName, new.swiftName)
        // What libraries record goes elsewhere once the label is another.
        let label: ModelChange.Impact = old.swiftMetricsLabel == nil ? .minor : .breaking
        compare("swift_metrics_label", label, old.swiftMetricsLabel, new.swiftMetricsLabel)
        compare(
            "access",
            new.access < old.access ? .breaking : .minor,
            old.access.rawValue,
            new.access.rawValue
        )
        // A lower bound folds series that were there, where an open label is there to fold.
        let counted = old.combinations.map { $0 - old.overflowSeries } ?? .max
        let folds = old.overflowSeries > 0 && new.maxSeries < min(old.maxSeries, counted)
        compare("max_series", folds ? .breaking : .minor, String(old.maxSeries), String(new.maxSeries))
        let help: ModelChange.Impact = old.stability == .stable ? .minor : .docs
        compare("documentation", help, Self.quoted(old.documentation), Self.quoted(new.documentation))
        compareLifecycle()
    }

    private mutating func compare(_ field: String, _ impact: ModelChange.Impact, _ old: String?, _ new: String?) {
        guard old != new else { return }
        changes.append(ModelChange(impact: impact, metric: self.new.name, field: field, old: old, new: new))
    }

    private mutating func compareLifecycle() {
        let isLess = Self.rank(new.stability) < Self.rank(old.stability)
        compare(
            "stability",
            isLess ? .breaking : .minor,
            old.stability?.rawValue,
            new.stability?.rawValue
        )
        compare("since", .docs, old.since, new.since)
        compare("deprecated", .minor, Self.text(old.deprecation), Self.text(new.deprecation))
    }

    private mutating func compareLabels() {
        let before = old.labels.map(\.name)
        let after = new.labels.map(\.name)
        // The labels of an info are what it says: more of them hide nothing.
        let impact: ModelChange.Impact = new.type == .info ? .minor : .breaking
        for name in before where !after.contains(name) { compare("labels.\(name)", .breaking, "label", nil) }
        for name in after where !before.contains(name) { compare("labels.\(name)", impact, nil, "label") }
        let kept = before.filter(after.contains)
        let keptNow = after.filter(before.contains)
        if kept != keptNow {
            compare("labels", .breaking, kept.joined(separator: ", "), keptNow.joined(separator: ", "))
        }
        for label in new.labels {
            guard let previous = old.labels.first(where: { $0.name == label.name }) else { continue }
            compareLabel("labels.\(label.name)", previous, label)
        }
    }

    private mutating func compareLabel(_ field: String, _ old: ResolvedLabel, _ new: ResolvedLabel) {
        compare("\(field).documentation", .docs, Self.quoted(old.documentation), Self.quoted(new.documentation))
        switch (old.kind, new.kind) {
        case (.closed(let oldType, let oldValues, let oldOther), .closed(let newType, let newValues, let newOther)):
            compareSets("\(field).values", oldValues, newValues)
            compareCases("\(field).values", cases.old[oldType] ?? [:], cases.new[newType] ?? [:], of: newValues)
            compare("\(field).other", .breaking, oldOther, newOther)
            compare("\(field).swift_type", .breaking, oldType, newType)
        case (.open(let oldIsInt, let oldBound), .open(let newIsInt, let newBound)):
            compare("\(field).type", .breaking, oldIsInt ? "int" : "string", newIsInt ? "int" : "string")
            let folds = newBound.map { $0 < oldBound ?? .max } ?? false
            compare(
                "\(field).max_values",
                folds ? .breaking : .minor,
                oldBound.map(String.init),
                newBound.map(String.init)
            )
        default: compare("\(field).type", .breaking, Self.text(old.kind), Self.text(new.kind))
        }
    }

    /// Values that are gone break; values that came do not.
    private mutating func compareSets(_ field: String, _ old: [String], _ new: [String]) {
        for value in old where !new.contains(value) { compare(field, .breaking, Self.quoted(value), nil) }
        for value in new where !old.contains(value) { compare(field, .minor, nil, Self.quoted(value)) }
    }

    /// A case that is called otherwise keeps the series, and breaks whoever names it in Swift.
    private mutating func compareCases(
        _ field: String,
        _ old: [String: String],
        _ new: [String: String],
        of values: [String]
    ) {
        for value in values {
            guard let previous = old[value], let now = new[value] else { continue }
            compare("\(field).\(JSONValue.string(value).line).case", .breaking, previous, now)
        }
    }

    private static func rank(_ stability: Stability?) -> Int {
        switch stability {
        case nil, .development: 0
        case .alpha: 1
        case .beta: 2
        case .stable: 3
        }
    }

    private static func quoted(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : JSONValue.string($0).line }
    }

    private static func text(_ labels: [ResolvedMetric.ConstantLabel]) -> String? {
        labels.isEmpty ? nil : "{" + labels.map { "\($0.name): \($0.value)" }.sorted().joined(separator: ", ") + "}"
    }

    private static func text(_ buckets: [Double]) -> String {
        "[" + buckets.map(ResolvedNumber.text).joined(separator: ", ") + "]"
    }

    private static func text(_ kind: ResolvedLabel.Kind) -> String {
        switch kind {
        case .open(let isInt, _): isInt ? "int" : "string"
        case .bool: "bool"
        case .closed: "closed set"
        }
    }

    private static func text(_ deprecation: ResolvedMetric.Deprecation?) -> String? {
        guard let deprecation else { return nil }
        var parts: [String] = []
        if let since = deprecation.since { parts.append("since \(since)") }
        if let target = deprecation.replacedBy { parts.append("replaced by \(target)") }
        if let message = deprecation.message { parts.append(message) }
        return parts.isEmpty ? "deprecated" : parts.joined(separator: ", ")
    }
}
