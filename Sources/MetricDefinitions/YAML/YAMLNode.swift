/// A node of a definition file with the place it was read from.
package struct YAMLNode: Sendable {
    /// What a node holds.
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package var content: Content
    package var span: SourceSpan

    package init(content: Content, span: SourceSpan) {
        self.content = content
        self.span = span
    }

    /// What the node is, in the words of a diagnostic.
    package var kindDescription: String {
        switch content {
        case .scalar(let scalar): scalar.kindDescription
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// One key of a mapping with its value.
package struct YAMLEntry: Sendable {
    package var key: Located<String>
    package var value: YAMLNode

    package init(key: Located<String>, value: YAMLNode) {
        self.key = key
        self.value = value
    }
}
