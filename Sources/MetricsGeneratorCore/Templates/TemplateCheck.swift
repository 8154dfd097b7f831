internal import MetricDefinitions

/// Checks the names in a template against the model, before anything is rendered.
///
/// Mustache renders an unknown name as nothing.
struct TemplateCheck {
    /// Names of sequences that Mustache knows.
    private static let positionTransforms: Set<String> = ["first", "last", "index", "even", "odd"]
    /// What lists have, besides being sections.
    private static let listTransforms = ["count", "empty"]
    /// How deep partials may include each other.
    private static let partialLimit = 16

    private enum Scope {
        case object(ContextSchema)
        /// Inside a section over texts or an optional text: it adds no names but `.`.
        case value
        /// Inside a section that only asks: over a flag, a place in a list, or an inverted one.
        case same
    }

    /// What a name stands for: the scope that a section over it makes, and whether a text can be written for it.
    private struct Meaning {
        var scope: Scope
        var isText = true
    }

    private let templates: [String: SourceFile]
    private let ids: [String: SourceID]
    private(set) var sink = DiagnosticSink()

    /// `templates` by name; their positions in `sources` number them in diagnostics.
    init(_ templates: [String: SourceFile], sources: [SourceFile]) {
        self.templates = templates
        var ids: [String: SourceID] = [:]
        for (name, file) in templates {
            if let index = sources.firstIndex(where: { $0.path == file.path }) { ids[name] = SourceID(index: index) }
        }
        self.ids = ids
    }

    /// Checks a template and the partials that it includes.
    mutating func check(_ name: String, against schema: ContextSchema) {
        check(name, scopes: [.object(schema)], depth: 0)
    }

    private mutating func check(_ name: String, scopes outer: [Scope], depth: Int) {
        guard let file = templates[name], let id = ids[name] else { return }
        let lines = LineTable(bytes: file.bytes)
        func span(_ tag: TemplateTag) -> SourceSpan {
            SourceSpan(
                source: id,
                start: lines.position(byteOffset: tag.offset),
                end: lines.position(byteOffset: tag.offset + tag.length)
            )
        }
        let tags: [TemplateTag]
        do throws(TemplateTagScanner.UnclosedTag) {
            tags = try TemplateTagScanner.tags(in: file.bytes)
        } catch {
            let position = lines.position(byteOffset: error.offset)
            let mark = SourceSpan(source: id, start: position, end: position)
            sink.report(TemplateRules.syntax, at: mark, "the tag that begins here is not closed")
            return
        }
        var scopes = outer
        var open: [TemplateTag] = []
        for tag in tags {
            switch tag.kind {
            case .other: continue
            case .variable:
                guard !resolve(tag, scopes, span(tag)).isText else { continue }
                let advice = "begin a section with it" + (tag.name == "." ? "" : ", or write {{count(\(tag.name))}}")
                sink.report(TemplateRules.notText, at: span(tag), "'\(tag.name)' is no text: \(advice)")
            case .section, .invertedSection:
                let meaning = resolve(tag, scopes, span(tag))
                scopes.append(tag.kind == .section ? meaning.scope : .same)
                open.append(tag)
            case .end:
                guard let start = open.popLast() else {
                    sink.report(TemplateRules.syntax, at: span(tag), "'\(tag.name)' closes a section that is not open")
                    return
                }
                scopes.removeLast()
                guard start.name == tag.name, start.transforms == tag.transforms else {
                    let note = Diagnostic.Note(message: "the section begins here", span: span(start))
                    let message = "'\(tag.name)' closes the section '\(start.name)'"
                    sink.report(TemplateRules.syntax, at: span(tag), message, notes: [note])
                    return
                }
            case .partial:
                guard templates[tag.name] != nil else {
                    let suggestion = Suggestion.didYouMean(tag.name, in: templates.keys.sorted())
                    let message = "there is no template '\(tag.name)' to include"
                    sink.report(TemplateRules.syntax, at: span(tag), message, suggestion: suggestion)
                    continue
                }
                guard depth < Self.partialLimit else {
                    sink.report(TemplateRules.syntax, at: span(tag), "templates include each other too deep")
                    return
                }
                check(tag.name, scopes: scopes, depth: depth + 1)
            }
        }
        for tag in open {
            sink.report(TemplateRules.syntax, at: span(tag), "the section '\(tag.name)' is not closed")
        }
    }

    /// Texts of definitions have escapes, lists a few properties; all else would be rendered as nothing.
    private mutating func checkTransforms(_ tag: TemplateTag, of kind: ContextSchema.Kind, _ span: SourceSpan) {
        let known: [String]
        switch kind {
        case .rawText: known = EscapableText.escapes.map(\.key)
        case .list, .texts: known = Self.listTransforms
        case .text, .flag, .optionalText: known = []
        }
        guard let unknown = tag.transforms.first(where: { !known.contains($0) }) else { return }
        let offer = known.isEmpty ? "it is written as it is" : "there are \(known.joined(separator: ", "))"
        sink.report(
            TemplateRules.unknownName,
            at: span,
            "'\(unknown)' does not apply to '\(tag.name)': \(offer)",
            suggestion: Suggestion.didYouMean(unknown, in: known)
        )
    }

    private mutating func resolve(_ tag: TemplateTag, _ scopes: [Scope], _ span: SourceSpan) -> Meaning {
        if tag.name.isEmpty, !tag.transforms.isEmpty {
            if let unknown = tag.transforms.first(where: { !Self.positionTransforms.contains($0) }) {
                let names = Self.positionTransforms.sorted()
                sink.report(
                    TemplateRules.unknownName,
                    at: span,
                    "'\(unknown)()' is not known; there are \(names.joined(separator: ", "))",
                    suggestion: Suggestion.didYouMean(unknown, in: names)
                )
            }
            return Meaning(scope: .same)
        }
        if tag.name == "." {
            let element = scopes.last { if case .same = $0 { false } else { true } }
            if case .object = element { return Meaning(scope: .value, isText: false) }
            return Meaning(scope: .value)
        }
        let parts = tag.name.split(separator: ".").map { String($0) }
        let isLocal = tag.name.hasPrefix(".")
        let schemas = scopes.reversed().compactMap { scope in
            if case .object(let schema) = scope { schema } else { nil as ContextSchema? }
        }
        let visible = isLocal ? Array(schemas.prefix(1)) : schemas
        if parts.count == 1, let kind = visible.lazy.compactMap({ $0.kinds[parts[0]] }).first {
            checkTransforms(tag, of: kind, span)
            switch kind {
            case .list where !tag.transforms.isEmpty, .texts where !tag.transforms.isEmpty: return Meaning(scope: .same)
            case .list(let schema): return Meaning(scope: .object(schema), isText: false)
            case .texts: return Meaning(scope: .value, isText: false)
            case .flag: return Meaning(scope: .same)
            case .text, .rawText, .optionalText: return Meaning(scope: .value)
            }
        }
        let known = visible.flatMap(\.kinds.keys).sorted()
        sink.report(
            TemplateRules.unknownName,
            at: span,
            "the model has no '\(tag.name)' here",
            suggestion: Suggestion.didYouMean(tag.name, in: known)
        )
        return Meaning(scope: .value)
    }
}
