/// Names in the generated Swift.
package enum SwiftNameRules {
    package static let clash = Rule(
        "swift-name-clash",
        .error,
        "no two things get the same Swift name",
        why: "They would not compile. 'swift_name' renames a metric; a mapping 'values: {case: value}' names cases.",
        bad: """
            metrics:
              - {name: shop_jobs_total, type: counter, documentation: Jobs done}
              - {name: shop_jobs_bytes, type: gauge, documentation: Size of jobs, unit: bytes}
            """,
        good: """
            metrics:
              - {name: shop_jobs_total, type: counter, documentation: Jobs done}
              - {name: shop_jobs_bytes, type: gauge, documentation: Size of jobs, unit: bytes, swift_name: JobsSize}
            """
    )
    package static let invalid = Rule(
        "swift-name-invalid",
        .error,
        "every Swift name is one: ASCII letters, digits and underscores, no digit first; types begin in upper case",
        why: "Names are derived from what is exposed; where nothing is left of a name, the definition must give one.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, swift_name: jobs-done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, swift_name: JobsDone}\n"
    )
    package static let reserved = Rule(
        "swift-name-reserved",
        .error,
        "no metric's type is called as one of Swift's, or of the runtime's",
        why: "It would hide that type from all code that imports the metrics.",
        bad: "namespace: shop\nmetrics:\n  - {name: shop_error_total, type: counter, documentation: Failed orders}\n",
        good: """
            namespace: shop
            metrics:
              - {name: shop_error_total, type: counter, documentation: Failed orders, swift_name: Errors}
            """
    )

    package static let family = RuleFamily(
        title: "Swift names",
        rules: [clash, invalid, reserved],
        checks: [checkTypes, checkStateTypes, RuleFamily.eachMetric(checkParameters), checkCases, checkRegistryMembers]
    )

    /// Members of the registry besides those of the files.
    private static let registryMembers: Set<String> = ["all", "register", "self"]

    private static func checkTypes(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: Located<String>] = [:]
        func declare(_ name: String, _ description: String, at span: SourceSpan, _ hint: String) {
            if let other = first[name] {
                let note = Diagnostic.Note(message: "\(other.value) has it here", span: other.span)
                let message = "\(description) gets the Swift name '\(name)', as \(other.value) does"
                sink.report(clash, at: span, message, suggestion: hint, notes: [note])
            } else {
                first[name] = Located(description, span)
            }
        }
        for type in context.names.labelTypes {
            guard let label = type.label.name else { continue }
            if !SwiftIdentifier.isValid(type.swiftName) {
                let message = "the label '\(label.value)' gives no Swift name: it needs a letter"
                if NameRules.isName(label.value) { sink.report(invalid, at: label.span, message) }
                continue
            }
            declare(type.swiftName, "the label '\(label.value)'", at: label.span, "rename the label")
        }
        for metric in context.metrics {
            guard let name = metric.name ?? metric.swiftName else { continue }
            let place = metric.swiftName?.span ?? name.span
            let type = context.names.metricType(metric)
            guard SwiftIdentifier.isValidType(type) else {
                // A name that Prometheus would refuse is reported as such.
                guard metric.swiftName != nil || NameRules.isName(name.value) else { continue }
                let message =
                    type.isEmpty
                    ? "the name '\(name.value)' gives no Swift name" : "'\(type)' is not the name of a Swift type"
                let better = SwiftCase.upperCamel(type)
                let hint =
                    SwiftIdentifier.isValidType(better) && better != type ? "write '\(better)'" : "give a 'swift_name'"
                sink.report(invalid, at: place, message, suggestion: hint)
                continue
            }
            guard type != context.registryName else {
                let message = "the Swift name '\(type)' is that of the registry"
                sink.report(reserved, at: place, message, suggestion: "give another 'swift_name'")
                continue
            }
            guard !SwiftIdentifier.reservedTypes.contains(type) else {
                let message = "the Swift name '\(type)' would hide a type of Swift or of the runtime"
                sink.report(reserved, at: place, message, suggestion: "give another 'swift_name', as '\(type)Metric'")
                continue
            }
            // A metric that is defined twice is reported as such.
            if let other = first[type], other.value == "the metric '\(name.value)'" { continue }
            declare(type, "the metric '\(name.value)'", at: place, "give one of them another 'swift_name'")
        }
    }

    /// The states of a state set are a nested type, which would hide the type of a label.
    private static func checkStateTypes(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for metric in context.metrics where metric.type?.value == .stateset {
            for label in metric.labels where context.names.labelType(label) == "State" {
                let message = "the label's type 'State' is hidden by the type of the metric's states: rename the label"
                sink.report(clash, at: label.name?.span ?? label.span, message)
            }
        }
    }

    /// Labels become parameters.
    private static func checkParameters(
        _ metric: MetricDefinition,
        _ context: CheckContext,
        _ sink: inout DiagnosticSink
    ) {
        var first: [String: Located<String>] = [:]
        for label in metric.labels {
            guard let name = label.name, NameRules.isName(name.value) else { continue }
            let parameter = context.labelNames.parameter(of: name.value)
            if let other = first[parameter] {
                guard other.value != name.value else { continue }
                let note = Diagnostic.Note(message: "the label '\(other.value)' has it here", span: other.span)
                let message = "the label '\(name.value)' gets the Swift name '\(parameter)', as '\(other.value)' does"
                sink.report(clash, at: name.span, message, suggestion: "rename one of them", notes: [note])
            } else {
                first[parameter] = name
            }
        }
    }

    private static func checkCases(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        let sets = context.files.lazy.flatMap(\.labelSets)
        let inline = context.metrics.lazy.flatMap(\.labels)
        for label in Array(sets) + Array(inline) {
            guard let values = label.values else { continue }
            checkCaseNames(values, other: label.other, &sink)
        }
        for metric in context.metrics where metric.type?.value == .stateset {
            checkCaseNames((metric.states ?? []).map { LabelValueDefinition(value: $0) }, other: nil, &sink)
        }
    }

    private static func checkCaseNames(
        _ values: [LabelValueDefinition],
        other: Located<String>?,
        _ sink: inout DiagnosticSink
    ) {
        var first: [String: Located<String>] = [:]
        if let other { first[SwiftCaseName.other] = other }
        for value in values where !value.value.value.isEmpty {
            let name = SwiftCaseName.name(of: value)
            let place = value.caseName?.span ?? value.value.span
            guard SwiftIdentifier.isValid(name), !SwiftIdentifier.reservedCases.contains(name) else {
                let message =
                    name.isEmpty
                    ? "the value '\(value.value.value)' gives no Swift name"
                    : "'\(name)' cannot be the name of a Swift case"
                sink.report(invalid, at: place, message, suggestion: "name the case: 'values: {myCase: \"…\"}'")
                continue
            }
            if let twin = first[name] {
                // The same value twice is reported as such.
                guard twin.value != value.value.value else { continue }
                let note = Diagnostic.Note(message: "the value '\(twin.value)' has it here", span: twin.span)
                let message = "the value '\(value.value.value)' gets the Swift name '\(name)', as '\(twin.value)' does"
                sink.report(
                    clash,
                    at: place,
                    message,
                    suggestion: "name the case: 'values: {myCase: \"…\"}'",
                    notes: [note]
                )
            } else {
                first[name] = value.value
            }
        }
    }

    /// Files become members of the registry.
    private static func checkRegistryMembers(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        var first: [String: DefinitionFile] = [:]
        for file in context.files {
            if file.stem.lowercased() == context.registryName.lowercased() {
                let message =
                    "'\(file.name)' would make the file of the registry, '\(context.registryName).swift': rename it"
                sink.report(CrossFileRules.outputNameClash, at: file.span, message)
                continue
            }
            let name = SwiftCase.lowerCamel(file.stem)
            guard SwiftIdentifier.isValid(name), !registryMembers.contains(name) else {
                let message = "the file's name '\(file.name)' gives no member for the registry: rename the file"
                sink.report(invalid, at: file.span, message)
                continue
            }
            if let other = first[name], other.stem.lowercased() != file.stem.lowercased() {
                let note = Diagnostic.Note(message: "the other file", span: other.span)
                let message = "'\(file.name)' gets the Swift name '\(name)', as '\(other.name)' does: rename one"
                sink.report(clash, at: file.span, message, notes: [note])
            } else {
                first[name] = file
            }
        }
    }
}
