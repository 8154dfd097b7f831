/// What the value of a key looks like.
///
/// Reading, the JSON Schema and the documentation are made from forms, so they cannot disagree.
package indirect enum ValueForm: Sendable {
    /// Text; what looks like a number or a boolean must be quoted.
    case text
    /// Text that begins with a letter, so that quotes make none of a number.
    case name
    /// Text for which the form of a number or a boolean will do: a version, a label's value.
    case anyText
    /// A whole number from 1 to `Int32.max`.
    case count
    /// A number; the infinities and NaN also in Prometheus' spelling.
    case number
    /// One of some words; `name` says what they are: `metric type`.
    case choice(name: String, words: [String])
    /// A list; `item` is what messages call an element: `a state`.
    case list(of: ValueForm, item: String)
    /// A mapping with keys of the author's choice; `what` follows "must be" in messages: `a mapping by name`.
    case dictionary(of: ValueForm, what: String)
    /// A mapping with the keys of a shape.
    case mapping(MappingShape)
    /// One form for each kind of node; `what` follows "must be" where none fits.
    case byKind(scalar: ValueForm?, list: ValueForm?, mapping: ValueForm?, what: String)

    /// Whether only text will do.
    var isText: Bool {
        switch self {
        case .text, .name: true
        default: false
        }
    }
}

/// A mapping whose keys definitions know.
package struct MappingShape: Sendable {
    /// What the mapping describes, for messages: `a metric`.
    package let subject: String
    package let keys: [KeyShape]
    /// Whether exactly one of the keys is given.
    package let takesOneKey: Bool
    /// The mapping that a text in its place is short for; `nil` where a text says too little.
    let meaningOfText: (@Sendable (String) -> String)?

    package init(
        _ subject: String,
        _ keys: [KeyShape],
        takesOneKey: Bool = false,
        meaningOfText: (@Sendable (String) -> String)? = nil
    ) {
        self.subject = subject
        self.keys = keys
        self.takesOneKey = takesOneKey
        self.meaningOfText = meaningOfText
    }

    package func key(_ name: String) -> KeyShape? { keys.first { $0.name == name } }
}

/// One key of a mapping; a class, since each look for a key hands it about.
package final class KeyShape: Sendable {
    package let name: String
    /// The name in quotes, as messages have it.
    let quotedName: String
    package let form: ValueForm
    /// What the key says, in one line: for editors.
    package let documentation: String
    package let isRequired: Bool
    /// The types of metric that have the key; `nil` for all.
    package let types: [MetricType]?
    /// The types of metric that need the key.
    package let requiredFor: [MetricType]
    /// What other tools call it, so that a newcomer's word is understood.
    package let otherNames: [String]

    package init(
        _ name: String,
        _ form: ValueForm,
        _ documentation: String,
        isRequired: Bool = false,
        types: [MetricType]? = nil,
        requiredFor: [MetricType] = [],
        otherNames: [String] = []
    ) {
        self.name = name
        quotedName = "'\(name)'"
        self.form = form
        self.documentation = documentation
        self.isRequired = isRequired
        self.types = types
        self.requiredFor = requiredFor
        self.otherNames = otherNames
    }
}
