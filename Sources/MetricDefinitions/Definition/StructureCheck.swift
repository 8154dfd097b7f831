/// Checks nodes against the forms of the key table, and reports what does not fit.
///
/// Reading comes after it and is silent: what it cannot read was reported here.
struct StructureCheck {
    private(set) var sink = DiagnosticSink()

    /// Checks one node; `subject` is what messages call it.
    mutating func check(_ node: YAMLNode, _ form: ValueForm, _ subject: String) {
        switch form {
        case .text: checkText(node, subject)
        case .name: checkText(node, subject, isName: true)
        case .anyText: checkAnyText(node, subject)
        case .count: checkCount(node, subject)
        case .number:
            if NodeReader.number(node) == nil { report(node, "\(subject) must be a number") }
        case .choice(let name, let words): checkChoice(node, subject, name, words)
        case .list(let element, let item):
            guard case .sequence(let items) = node.content else {
                report(node, "\(subject) must be a list", suggestion: Self.listOf(node, element))
                return
            }
            for node in items { check(node, element, item) }
        case .dictionary(let value, let what):
            guard case .mapping(let entries) = node.content else {
                report(node, "\(subject) must be \(what)")
                return
            }
            for entry in entries {
                // What has keys of its own is called by its shape, so no text is made for it.
                if case .mapping(let shape) = value {
                    checkMapping(entry.value, shape)
                } else {
                    check(entry.value, value, "the value of '\(entry.key.value)'")
                }
            }
        case .mapping(let shape): checkMapping(node, shape)
        case .byKind(let scalar, let list, let mapping, let what):
            let chosen =
                switch node.content {
                case .scalar: scalar
                case .sequence: list
                case .mapping: mapping
                }
            // A number or nothing where text is one form of several: quotes would not make it the right one.
            if let chosen, !chosen.isText || NodeReader.text(node) != nil {
                check(node, chosen, subject)
            } else {
                report(node, "\(subject) must be \(what)", suggestion: list.flatMap { Self.listOf(node, $0) })
            }
        }
    }

    /// Checks the keys of a mapping and their values.
    mutating func checkMapping(_ node: YAMLNode, _ shape: MappingShape) {
        guard case .mapping(let entries) = node.content else {
            report(
                node,
                "\(shape.subject) must be a mapping",
                suggestion: Self.entry(node, shape).map { "write \($0)" }
            )
            return
        }
        // What an unknown key was probably meant to be: that one is not missing too.
        var meant: [String] = []
        var isKnown = entries.isEmpty
        for entry in entries {
            let name = entry.key.value
            if let key = shape.key(name) {
                isKnown = true
                // What another type's key holds makes no difference: the key is at fault, as `KeyRules` says.
                if let types = key.types, let type = Self.type(entries), !types.contains(type) { continue }
                check(entry.value, key.form, key.quotedName)
                continue
            }
            let present = entries.map(\.key.value)
            if let key = Self.nearestKey(to: name, in: shape, present: present) {
                meant.append(key)
                let message = "'\(name)' is not a key of \(shape.subject)"
                sink.report(KeyRules.unknownKey, at: entry.key.span, message, suggestion: "did you mean '\(key)'?")
            } else {
                let keys = shape.keys.map(\.name).joined(separator: ", ")
                let message = "'\(name)' is not a key of \(shape.subject); its keys are \(keys)"
                // One key with everything below it: mostly the name.
                let isName = entries.count == 1 && shape.key("name")?.isRequired == true && !name.contains("\n")
                let suggestion = isName ? "write 'name: \(name)', and the other keys beside it" : nil
                sink.report(KeyRules.unknownKey, at: entry.key.span, message, suggestion: suggestion)
            }
        }
        let place = entries.first?.key.span ?? node.span
        if shape.takesOneKey, entries.count != 1 {
            let keys = shape.keys.map(\.name).joined(separator: ", ")
            sink.report(BucketRules.generatorArguments, at: place, "\(shape.subject) takes one generator: \(keys)")
        }
        // Where no key belongs to the shape, what the mapping is was misunderstood; nothing is missing from it.
        guard isKnown || !meant.isEmpty else { return }
        for key in shape.keys where key.isRequired && !meant.contains(key.name) {
            if entries.contains(where: { $0.key.value == key.name }) { continue }
            sink.report(KeyRules.missingKey, at: place, "\(shape.subject) needs the key '\(key.name)'")
        }
    }

    /// The type of metric that a mapping gives.
    private static func type(_ entries: [YAMLEntry]) -> MetricType? {
        entries.first { $0.key.value == "type" }.flatMap { NodeReader.choice($0.value, of: MetricType.self)?.value }
    }

    /// The key that was probably meant: one that is near, or that other tools call so. Absent ones come first.
    private static func nearestKey(to name: String, in shape: MappingShape, present: [String]) -> String? {
        let candidates = shape.keys.filter { !present.contains($0.name) } + shape.keys
        if let near = Suggestion.nearest(to: name, in: candidates.map(\.name)) { return near }
        let others = candidates.flatMap { key in key.otherNames.map { (name: $0, key: key.name) } }
        if let other = others.first(where: { $0.name == name.lowercased() }) { return other.key }
        guard let near = Suggestion.nearest(to: name, in: others.map(\.name)) else { return nil }
        return others.first { $0.name == near }?.key
    }

    private mutating func checkText(_ node: YAMLNode, _ subject: String, isName: Bool = false) {
        guard NodeReader.text(node) == nil else {
            checkOldBoolean(node, subject)
            return
        }
        var suggestion: String?
        if case .scalar(let scalar) = node.content, isName ? NameRules.isName(scalar.text) : !scalar.text.isEmpty {
            suggestion = "write \"\(scalar.text)\""
        }
        report(node, "\(subject) must be text", suggestion: suggestion)
    }

    private mutating func checkAnyText(_ node: YAMLNode, _ subject: String) {
        if NodeReader.anyText(node) == nil {
            report(node, "\(subject) must be text")
        } else {
            checkOldBoolean(node, subject)
        }
    }

    /// Words that are text by YAML 1.2, and booleans for readers of YAML 1.1.
    private mutating func checkOldBoolean(_ node: YAMLNode, _ subject: String) {
        guard case .scalar(let scalar) = node.content, scalar.isPlain, scalar.text.utf8.count <= 3,
            ["y", "n", "yes", "no", "on", "off"].contains(scalar.text.lowercased())
        else { return }
        sink.report(
            FileRules.implicitBool,
            at: node.span,
            "\(subject) is the text '\(scalar.text)', which other readers take for a boolean",
            suggestion: "write \"\(scalar.text)\""
        )
    }

    private mutating func checkCount(_ node: YAMLNode, _ subject: String) {
        guard case .scalar(let scalar) = node.content, case .int(let number) = scalar.value else {
            var digits = ""
            if case .scalar(let scalar) = node.content { digits = scalar.text.filter { $0 != "_" && $0 != "," } }
            let suggestion = Int(digits).map { "write \($0)" }
            report(node, "\(subject) must be a whole number", suggestion: suggestion)
            return
        }
        guard NodeReader.countRange.contains(number) else {
            let range = NodeReader.countRange
            let message = "\(subject) is \(number); it must be from \(range.lowerBound) to \(range.upperBound)"
            sink.report(KeyRules.outOfRange, at: node.span, message)
            return
        }
    }

    private mutating func checkChoice(_ node: YAMLNode, _ subject: String, _ name: String, _ words: [String]) {
        guard let text = NodeReader.text(node) else {
            report(node, "\(subject) must be text")
            return
        }
        guard !words.contains(text.value) else { return }
        sink.report(
            KeyRules.unknownValue,
            at: text.span,
            "unknown \(name) '\(text.value)'; allowed: \(words.joined(separator: ", "))",
            suggestion: Suggestion.didYouMean(text.value, in: words)
        )
    }

    private mutating func report(_ node: YAMLNode, _ message: String, suggestion: String? = nil) {
        sink.report(
            KeyRules.wrongType,
            at: node.span,
            "\(message), found \(node.kindDescription)",
            suggestion: suggestion
        )
    }

    /// A scalar where a list belongs is mostly its only element.
    private static func listOf(_ node: YAMLNode, _ element: ValueForm) -> String? {
        guard case .scalar(let scalar) = node.content, scalar.value != .null, !scalar.text.contains("\n") else {
            return nil
        }
        switch element {
        case .mapping(let shape): return entry(node, shape).map { "write [\($0)]" }
        case .number: return NodeReader.number(node) == nil ? nil : "write [\(scalar.text)]"
        case .byKind(let form?, _, _, _) where form.isText:
            return NodeReader.text(node) == nil ? nil : "write [\(scalar.text)]"
        default: return "write [\(scalar.text)]"
        }
    }

    /// The mapping that a text in its place was meant as.
    private static func entry(_ node: YAMLNode, _ shape: MappingShape) -> String? {
        guard let meaning = shape.meaningOfText, let text = NodeReader.text(node)?.value, !text.contains("\n") else {
            return nil
        }
        return meaning(text)
    }
}
