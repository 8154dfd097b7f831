/// A metric's name taken apart, once for all rules; a class, as `MetricDefinition` is.
final class NameParts: Sendable {
    /// The name, or what one that cannot be a name was meant to be.
    let name: String
    /// The words between underscores in lower case.
    let words: [String]
    /// Where the stem begins: after the namespace.
    let stemStart: Int
    /// Where the stem ends: before `total`, or the `info` of an info.
    let stemEnd: Int
    /// The last word of the stem as a unit.
    let unit: UnitWord?

    convenience init(_ metric: MetricDefinition, namespace: String?) {
        let name = NameRules.repaired(metric.name?.value ?? "")
        self.init(name: name, type: metric.type?.value, namespace: namespace)
    }

    init(name: String, type: MetricType?, namespace: String?) {
        self.name = name
        words = Self.words(name)
        var start = 0
        if let namespace, !namespace.isEmpty, name.utf8.starts(with: (namespace + "_").utf8) {
            start = Self.words(namespace).count
        }
        var end = words.count
        if end > start + 1, words[end - 1] == "total" || (type == .info && words[end - 1] == "info") { end -= 1 }
        stemStart = min(start, end)
        stemEnd = end
        unit = words.isEmpty || end == 0 ? nil : UnitTable.word(words[end - 1])
    }

    /// The words without namespace and suffix.
    var stem: ArraySlice<String> { words[stemStart..<stemEnd] }

    /// The last word of the stem, where units stand.
    var lastWord: String { stemEnd > 0 ? words[stemEnd - 1] : "" }

    /// Whether the words stand in the name one after the other, the namespace aside.
    func contains(_ phrase: String...) -> Bool { contains(phrase) }

    func contains(_ phrase: [String]) -> Bool {
        guard !phrase.isEmpty, stem.count >= phrase.count else { return false }
        return (stemStart...(stemEnd - phrase.count)).contains { words[$0..<($0 + phrase.count)].elementsEqual(phrase) }
    }

    static func words(_ name: String) -> [String] {
        let words = name.runs { $0 != UInt8(ascii: "_") }
        let hasUpper = name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 >= 0x80 }
        return hasUpper ? words.map { $0.lowercased() } : words
    }
}
