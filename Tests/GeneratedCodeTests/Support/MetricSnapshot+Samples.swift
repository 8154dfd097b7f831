import MetricsRuntime

/// One sample of a snapshot, its labels by name.
struct ExposedSample {
    var labels: [String: String]
    var value: Double
}

extension MetricSnapshot {
    /// The samples of a name, in the order of exposition; label values must need no escaping.
    func values(of name: String) -> [ExposedSample] {
        families.flatMap { family in
            family.values.indices.compactMap { index in
                let text = family.sample(at: index)
                let end = text.firstIndex(of: "{") ?? text.endIndex
                guard text[..<end] == name else { return nil }
                var labels: [String: String] = [:]
                for pair in text[end...].dropFirst().dropLast().split(separator: ",") {
                    let parts = pair.split(separator: "=", maxSplits: 1)
                    if parts.count == 2 { labels[String(parts[0])] = String(parts[1].dropFirst().dropLast()) }
                }
                return ExposedSample(labels: labels, value: family.values[index])
            }
        }
    }

    /// The labels of a name's samples.
    func labels(of name: String) -> [[String: String]] { values(of: name).map(\.labels) }
}
