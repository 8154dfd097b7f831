/// A scrape, read back: enough of the text format to check that the numbers add up.
struct Exposition: Sendable, Hashable {
    /// What is wrong with a line of a scrape.
    struct Malformed: Error, Hashable, CustomStringConvertible {
        /// The number of the line, from 1.
        let line: Int
        /// The line.
        let text: String

        var description: String { "line \(line) of the scrape is not in the text format: \(text)" }
    }

    /// One sample.
    struct Sample: Sendable, Hashable {
        /// The sample's name, such as `gunicorn_worker_requests_total`.
        let name: String
        /// The labels by name.
        let labels: [String: String]
        /// The value.
        let value: Double
        /// Whether the family is a counter or a histogram, so that the value only ever goes up.
        let isMonotonic: Bool
    }

    /// The samples by their text, `name{label="value",…}`.
    private(set) var samples: [String: Sample] = [:]

    /// A scrape without samples.
    init() {}

    /// Reads the text format 0.0.4.
    init(parsing text: String) throws(Malformed) {
        var monotonic: Set<Substring> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ")
            if line.hasPrefix("# TYPE "), words.count == 4 {
                if words[3] == "counter" || words[3] == "histogram" { monotonic.insert(words[2]) }
            }
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let sample = Self.sample(line, monotonic: monotonic) else {
                throw Malformed(line: index + 1, text: String(line))
            }
            samples[sample.text] = sample.sample
        }
    }

    /// The sum of the samples of that name whose labels have at least the given values.
    func sum(_ name: String, where labels: [String: String] = [:]) -> Double {
        samples.values.reduce(into: 0) { sum, sample in
            guard sample.name == name, labels.allSatisfy({ sample.labels[$0.key] == $0.value }) else { return }
            sum += sample.value
        }
    }

    /// Whether there is a sample of that name with at least the given label values.
    func contains(_ name: String, where labels: [String: String] = [:]) -> Bool {
        samples.values.contains { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }
    }

    /// The samples that can only go up and yet are lower than in an earlier scrape, or missing, as sentences.
    func regressions(since earlier: Exposition) -> [String] {
        earlier.samples.sorted { $0.key < $1.key }.compactMap { text, before in
            guard before.isMonotonic, before.value > 0 else { return nil }
            guard let now = samples[text] else { return "\(text) was \(before.value) and is gone" }
            return now.value < before.value ? "\(text) went from \(before.value) to \(now.value)" : nil
        }
    }

    private static func sample(
        _ line: Substring,
        monotonic: Set<Substring>
    ) -> (text: String, sample: Sample)? {
        // Label values may hold spaces and braces; what is behind the last brace is the value alone.
        let end = line.lastIndex(of: "}").map { line.index(after: $0) } ?? line.firstIndex(of: " ") ?? line.endIndex
        let text = line[..<end]
        guard let value = number(line[end...].drop { $0 == " " }) else { return nil }
        guard let open = text.firstIndex(of: "{") else {
            let name = String(text)
            return (name, Sample(name: name, labels: [:], value: value, isMonotonic: isMonotonic(text, monotonic)))
        }
        guard text.last == "}", let labels = labels(text[text.index(after: open)...].dropLast()) else { return nil }
        let name = text[..<open]
        let monotonic = isMonotonic(name, monotonic)
        return (String(text), Sample(name: String(name), labels: labels, value: value, isMonotonic: monotonic))
    }

    private static func isMonotonic(_ name: Substring, _ families: Set<Substring>) -> Bool {
        if families.contains(name) { return true }
        return ["_total", "_bucket", "_count", "_sum"].contains { suffix in
            name.hasSuffix(suffix) && families.contains(name.dropLast(suffix.count))
        }
    }

    private static func number(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: Double(text)
        }
    }

    private static func labels(_ text: Substring) -> [String: String]? {
        var labels: [String: String] = [:]
        var rest = text
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()

            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\" else {
                    value.append(character)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped == "n" ? "\n" : escaped)
            }
            labels[name] = value
            if rest.first == "," { rest = rest.dropFirst() } else if !rest.isEmpty { return nil }
        }
        return labels
    }
}
