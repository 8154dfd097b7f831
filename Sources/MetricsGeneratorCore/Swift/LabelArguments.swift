internal import MetricDefinitions

/// The labels of a metric as parameters of its functions, and as arguments of what they call.
struct LabelArguments {
    /// Names that the bodies of generated functions use for parameters and members of their own.
    private static let taken: Set<String> = [
        "amount", "body", "child", "closed", "duration", "found", "index", "isOn", "isolation", "labels", "self",
        "series", "set", "state", "value",
    ]

    /// `method: Method`, with another name inside the function where the label's is taken.
    let parameters: [String]
    /// Each label as an argument: `method: method`.
    let arguments: [String]
    /// `method` alone, as the body names it: the closed labels.
    let closedNames: [String]
    /// `_ method: Method`: the closed labels.
    let closedParameters: [String]
    /// The index of each closed label within its set.
    let closedIndexes: [String]
    /// How many values each closed label has.
    let closedCounts: [Int]
    /// The text of each open label.
    let openValues: [String]

    init(_ labels: [ResolvedLabel]) {
        var parameters: [String] = []
        var arguments: [String] = []
        var closedNames: [String] = []
        var closedParameters: [String] = []
        var closedIndexes: [String] = []
        var closedCounts: [Int] = []
        var openValues: [String] = []
        for label in labels {
            let name = label.swiftName
            let type = ParameterType(label).text
            let needsLocalName = Self.taken.contains(name) || !SwiftIdentifier.isPlainVariable(name)
            let local = needsLocalName ? name + "Label" : name
            let external = SwiftIdentifier.escapedArgumentLabel(name)
            parameters.append(needsLocalName ? "\(external) \(local): \(type)" : "\(local): \(type)")
            arguments.append("\(name == "inout" ? external : name): \(local)")
            switch label.kind {
            case .open(let isInt, _): openValues.append(isInt ? "String(\(local))" : local)
            case .bool: closedIndexes.append("UInt32(\(local) ? 1 : 0)")
            case .closed: closedIndexes.append("UInt32(\(local).index)")
            }
            if let values = label.closedValues {
                closedNames.append(local)
                closedParameters.append("_ \(local): \(type)")
                closedCounts.append(values.count)
            }
        }
        self.parameters = parameters
        self.arguments = arguments
        self.closedNames = closedNames
        self.closedParameters = closedParameters
        self.closedIndexes = closedIndexes
        self.closedCounts = closedCounts
        self.openValues = openValues
    }

    /// The Swift type of a label's parameter.
    enum ParameterType: Hashable {
        case string
        case int
        case bool
        case closed(String)

        init(_ label: ResolvedLabel) {
            switch label.kind {
            case .open(let isInt, _): self = isInt ? .int : .string
            case .bool: self = .bool
            case .closed(let type, _, _): self = .closed(type)
            }
        }

        /// As code writes it.
        var text: String {
            switch self {
            case .string: "String"
            case .int: "Int"
            case .bool: "Bool"
            case .closed(let type): SwiftIdentifier.escaped(type)
            }
        }
    }
}
