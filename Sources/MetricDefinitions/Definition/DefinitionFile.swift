/// What one file defines; fields that are absent, or that could not be read, are `nil`.
package struct DefinitionFile: Sendable {
    package var source: SourceID
    /// The file's name, as generated code names it.
    package var name: String
    /// The name without its extension, from which outputs get theirs.
    package var stem: String
    /// Where the file begins, for what concerns all of it.
    package var span: SourceSpan
    package var namespace: Located<String>?
    package var access: Located<AccessLevel>?
    package var labelSets: [LabelDefinition] = []
    package var metrics: [MetricDefinition] = []
    package var allow: [AllowDefinition] = []
    /// Whether the file was read to its end.
    package var isComplete = true
}

/// Who may use generated code.
package enum AccessLevel: String, Sendable, CaseIterable, Comparable {
    case `internal`
    case package
    case `public`

    private var rank: Int {
        switch self {
        case .internal: 0
        case .package: 1
        case .public: 2
        }
    }

    package static func < (left: AccessLevel, right: AccessLevel) -> Bool { left.rank < right.rank }
}

/// A rule that is switched off for a metric or a file, and why.
package struct AllowDefinition: Sendable {
    package var span: SourceSpan
    package var rule: Located<String>?
    package var reason: Located<String>?
    /// The metric it stands in; `nil` for a whole file.
    package var scope: SourceSpan?
}
