/// Values of nodes, or `nil` where a node has another form.
enum NodeReader {
    /// What `count` allows.
    static let countRange = 1...Int(Int32.max)

    /// A text; numbers and booleans are none, so that they are quoted where they are meant as text.
    static func text(_ node: YAMLNode) -> Located<String>? {
        guard case .scalar(let scalar) = node.content, case .string = scalar.value else { return nil }
        return Located(scalar.text, node.span)
    }

    /// A text for which the form of a number or a boolean will do.
    static func anyText(_ node: YAMLNode) -> Located<String>? {
        guard case .scalar(let scalar) = node.content, scalar.value != .null else { return nil }
        return Located(scalar.text, node.span)
    }

    static func count(_ node: YAMLNode) -> Located<Int>? {
        guard case .scalar(let scalar) = node.content, case .int(let number) = scalar.value,
            countRange.contains(number)
        else { return nil }
        return Located(number, node.span)
    }

    /// A number; the infinities and NaN also in Prometheus' spelling.
    static func number(_ node: YAMLNode) -> Located<Double>? {
        guard case .scalar(let scalar) = node.content else { return nil }
        return number(scalar).map { Located($0, node.span) }
    }

    static func number(_ scalar: YAMLScalar) -> Double? {
        switch scalar.value {
        case .int(let number): return Double(number)
        case .float(let number): return number
        case .null, .bool: return nil
        case .string:
            switch scalar.text {
            case "+Inf", "Inf", "inf", "+inf": return .infinity
            case "-Inf", "-inf": return -.infinity
            case "NaN", "nan": return .nan
            default: return nil
            }
        }
    }

    static func choice<Choice: RawRepresentable & Sendable>(
        _ node: YAMLNode,
        of type: Choice.Type
    ) -> Located<Choice>? where Choice.RawValue == String {
        guard let text = text(node), let choice = Choice(rawValue: text.value) else { return nil }
        return Located(choice, text.span)
    }

    /// The texts of a list; `nil` where the node is no list, or one of its items no text.
    static func texts(_ node: YAMLNode) -> [Located<String>]? {
        guard case .sequence(let items) = node.content else { return nil }
        let texts = items.compactMap(anyText)
        return texts.count == items.count ? texts : nil
    }

    /// The items of a list, or nothing.
    static func items(_ node: YAMLNode) -> [YAMLNode] {
        if case .sequence(let items) = node.content { items } else { [] }
    }

    /// The entries of a mapping, or nothing.
    static func entries(_ node: YAMLNode) -> [YAMLEntry] {
        if case .mapping(let entries) = node.content { entries } else { [] }
    }
}
