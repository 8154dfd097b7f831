/// What comparing a scrape with definitions gave.
package struct ScrapeVerification: Sendable {
    /// What differs; empty where nothing does.
    package var findings: [Diagnostic] = []
    /// The number of metrics that are defined.
    package var defined = 0
    /// The names of defined metrics that the scrape does not have.
    package var missing: [String] = []
    /// The names of families that are not defined.
    package var undeclared: [String] = []
    /// The number of families that were passed over: the runtime's own, those that say when series began, and those
    /// that were named.
    package var ignored = 0

    /// The number of defined metrics that the scrape has.
    package var seen: Int { defined - missing.count }
    /// The share of defined metrics that the scrape has, in whole percent, rounded down.
    package var percent: Int { defined == 0 ? 100 : seen * 100 / defined }
}

/// Names of families, with `*` for any text at the end.
package struct FamilyPattern: Sendable {
    private let prefix: String
    private let isExact: Bool

    package init(_ text: String) {
        isExact = !text.hasSuffix("*")
        prefix = isExact ? text : String(text.dropLast())
    }

    package func matches(_ name: String) -> Bool { isExact ? name == prefix : name.hasPrefix(prefix) }
}
