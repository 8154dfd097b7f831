/// What is made of the names of labels, once for each: most stand in many metrics.
struct LabelNames: Sendable {
    private struct Forms {
        var words: [String]
        var parameter: String
    }

    private var forms: [String: Forms] = [:]

    init(_ metrics: [MetricDefinition]) {
        for label in metrics.lazy.flatMap(\.labels) {
            guard let name = label.name?.value, forms[name] == nil else { continue }
            forms[name] = Self.forms(of: name)
        }
    }

    /// The words of the name in lower case.
    func words(of label: String) -> [String] { (forms[label] ?? Self.forms(of: label)).words }

    /// The name of the label's parameter in Swift.
    func parameter(of label: String) -> String { (forms[label] ?? Self.forms(of: label)).parameter }

    private static func forms(of name: String) -> Forms {
        Forms(words: NameParts.words(name), parameter: SwiftCase.lowerCamel(name))
    }
}
