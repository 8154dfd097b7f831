/// The buckets of a histogram as they are written.
package enum BucketDefinition: Sendable {
    case list([Located<Double>], span: SourceSpan)
    case preset(Located<String>)
    case generator(BucketGenerator, arguments: [String: Located<Double>], span: SourceSpan)
}

/// A rule that makes bucket bounds, named as in Prometheus' Go client.
package enum BucketGenerator: String, Sendable, CaseIterable {
    /// `count` bounds, `width` apart, from `start` on.
    case linear
    /// `count` bounds, each `factor` times the one before, from `start` on.
    case exponential
    /// `count` bounds from `min` to `max`, each the same factor apart.
    case exponentialRange = "exponential_range"

    /// The arguments, all of them required.
    package var argumentNames: [String] {
        switch self {
        case .linear: ["start", "width", "count"]
        case .exponential: ["start", "factor", "count"]
        case .exponentialRange: ["min", "max", "count"]
        }
    }
    /// What the generator makes, in one line.
    package var documentation: String {
        switch self {
        case .linear: "'count' bounds, 'width' apart, from 'start' on."
        case .exponential: "'count' bounds, each 'factor' times the one before, from 'start' on."
        case .exponentialRange: "'count' bounds from 'min' to 'max', each the same factor apart."
        }
    }
}
