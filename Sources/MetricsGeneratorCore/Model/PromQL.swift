/// What PromQL has other uses for than names.
enum PromQL {
    /// Operators and numbers that no metric is found by; those that only take an argument are names elsewhere.
    private static let words: Set<String> = [
        "atan2", "bool", "group_left", "group_right", "ignoring", "inf", "nan", "on",
    ]
    private static let noLabels: Set<String> = ["inf", "nan", "without"]

    /// The series of a metric: its name, or a matcher of it where the name is a word of the language.
    static func series(_ name: String, _ matchers: [String] = []) -> String {
        let isWord = words.contains(name.lowercased())
        let matchers = (isWord ? ["__name__=\"\(name)\""] : []) + matchers
        return (isWord ? "" : name) + (matchers.isEmpty ? "" : "{\(matchers.joined(separator: ","))}")
    }

    /// The labels of those that can be grouped by.
    static func groups(_ labels: [String]) -> [String] { labels.filter { !noLabels.contains($0.lowercased()) } }
}
