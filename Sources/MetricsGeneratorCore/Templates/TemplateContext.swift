internal import Mustache

/// What a template may name in one of its scopes.
package struct ContextSchema: Sendable {
    /// What a name stands for.
    package enum Kind: Sendable {
        case text
        /// A text of a definition, which escapes apply to; also a section.
        case rawText
        case flag
        /// A text that may be absent; also a section.
        case optionalText
        /// A list of texts, each named `.` inside the section.
        case texts
        /// A list of objects.
        case list(ContextSchema)
    }

    package var kinds: [String: Kind]
    /// The names in the order of their documentation, with what they mean.
    package var documentation: [(name: String, text: String)]
}

/// One name of a template's scope: the schema and the value come from the same line, so they cannot drift.
struct ContextField<Root>: Sendable {
    var name: String
    var documentation: String
    var kind: ContextSchema.Kind
    var value: @Sendable (Root) -> Any

    static func text(_ name: String, _ documentation: String, _ value: @escaping @Sendable (Root) -> String) -> Self {
        Self(name: name, documentation: documentation, kind: .text, value: { PlainText(value($0)) })
    }

    static func rawText(_ name: String, _ documentation: String, _ value: @escaping @Sendable (Root) -> String) -> Self
    {
        Self(name: name, documentation: documentation, kind: .rawText, value: { EscapableText(value($0)) })
    }

    static func flag(_ name: String, _ documentation: String, _ value: @escaping @Sendable (Root) -> Bool) -> Self {
        Self(name: name, documentation: documentation, kind: .flag, value: { value($0) })
    }

    static func optionalText(
        _ name: String,
        _ documentation: String,
        _ value: @escaping @Sendable (Root) -> String?
    ) -> Self {
        Self(name: name, documentation: documentation, kind: .optionalText) { root in
            value(root).map { PlainText($0) as Any } ?? AbsentText()
        }
    }

    static func texts(_ name: String, _ documentation: String, _ value: @escaping @Sendable (Root) -> [String]) -> Self
    {
        Self(name: name, documentation: documentation, kind: .texts, value: { value($0) })
    }

    static func list<Element: TemplateContext>(
        _ name: String,
        _ documentation: String,
        _ value: @escaping @Sendable (Root) -> [Element]
    ) -> Self {
        Self(name: name, documentation: documentation, kind: .list(Element.schema), value: { value($0) })
    }
}

/// A text that templates write as it is.
///
/// Mustache would write a `String` too, but only after it asked in vain for half a dozen protocols.
struct PlainText: MustacheCustomRenderable {
    let renderText: String
    var isNull: Bool { false }

    init(_ text: String) { renderText = text }
}

/// A text that is not there: Mustache would look for the name in the scopes around.
private struct AbsentText: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

/// The fields of a scope by name.
struct ContextTable<Root>: Sendable {
    let schema: ContextSchema
    private let values: [String: @Sendable (Root) -> Any]

    init(_ fields: [ContextField<Root>]) {
        schema = ContextSchema(
            kinds: Dictionary(fields.map { ($0.name, $0.kind) }) { first, _ in first },
            documentation: fields.map { ($0.name, $0.documentation) }
        )
        values = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
    }

    func value(_ name: String, of root: Root) -> Any? { values[name]?(root) }
}

/// A scope of a template.
protocol TemplateContext: MustacheParent, Sendable {
    static var table: ContextTable<Self> { get }
}

extension TemplateContext {
    static var schema: ContextSchema { table.schema }

    func child(named name: String) -> Any? { Self.table.value(name, of: self) }
}
