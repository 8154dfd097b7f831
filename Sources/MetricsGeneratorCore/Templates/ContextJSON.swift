/// A scope with all that it holds as JSON, names in the order of their documentation.
enum ContextJSON {
    static func text(of context: some TemplateContext) -> String {
        var text = ""
        append(context, indentation: "", to: &text)
        return text
    }

    private static func append<Context: TemplateContext>(_ context: Context, indentation: String, to text: inout String)
    {
        let inner = indentation + "  "
        text += "{"
        for (index, name) in Context.schema.documentation.map(\.name).enumerated() {
            text += (index == 0 ? "\n" : ",\n") + inner + JSONText.literal(name) + ": "
            appendValue(context.child(named: name), indentation: inner, to: &text)
        }
        text += "\n" + indentation + "}"
    }

    private static func appendValue(_ value: Any?, indentation: String, to text: inout String) {
        switch value {
        case let value as EscapableText: text += JSONText.literal(value.renderText)
        case let value as PlainText: text += JSONText.literal(value.renderText)
        case let value as Bool: text += value ? "true" : "false"
        case let values as [String]:
            appendList(values, indentation: indentation, to: &text) { text, value, _ in
                text += JSONText.literal(value)
            }
        case let contexts as [any TemplateContext]:
            appendList(contexts, indentation: indentation, to: &text) { text, context, inner in
                append(context, indentation: inner, to: &text)
            }
        default: text += "null"
        }
    }

    private static func appendList<Element>(
        _ elements: [Element],
        indentation: String,
        to text: inout String,
        _ body: (inout String, Element, String) -> Void
    ) {
        guard !elements.isEmpty else {
            text += "[]"
            return
        }
        let inner = indentation + "  "
        text += "["
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + inner
            body(&text, element, inner)
        }
        text += "\n" + indentation + "]"
    }
}
