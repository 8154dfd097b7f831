/// One difference between two versions of definitions.
package struct ModelChange: Sendable, Equatable {
    /// What a change does to those who use a metric.
    package enum Impact: String, Sendable, CaseIterable {
        /// Queries, alerts or Swift code that worked do so no longer.
        case breaking
        /// Something new, which nothing that worked notices.
        case minor
        /// Words only.
        case docs
    }

    package var impact: Impact
    /// The name of the metric, or of the label set's file.
    package var metric: String
    /// The field that differs: `unit`, `labels.method.values`.
    package var field: String
    /// What was there, and what is there now; `nil` where there is nothing.
    package var old: String?
    package var new: String?

    /// `~ unit: "seconds" -> "bytes"`.
    package var text: String {
        switch (old, new) {
        case (let old?, let new?): "~ \(field): \(old) -> \(new)"
        case (nil, let new?): "+ \(field): \(new)"
        case (let old?, nil): "- \(field): \(old)"
        case (nil, nil): "  \(field)"
        }
    }
}

/// All differences between two versions of definitions.
package struct ModelDiff: Sendable {
    package let changes: [ModelChange]

    package init(old: ResolvedModel, new: ResolvedModel) {
        changes = ModelComparison.changes(from: old, to: new)
    }

    package var isBreaking: Bool { changes.contains { $0.impact == .breaking } }

    /// By impact, then by metric.
    package var text: String {
        guard !changes.isEmpty else { return "no changes\n" }
        var text = ""
        for impact in ModelChange.Impact.allCases {
            let changes = changes.filter { $0.impact == impact }
            guard !changes.isEmpty else { continue }
            text += "\(impact.rawValue) (\(changes.count))\n"
            var metric: String?
            for change in changes {
                if change.metric != metric { text += "  \(change.metric)\n" }
                metric = change.metric
                text += "    \(change.text)\n"
            }
        }
        return text
    }

    package var json: JSONValue {
        .members([
            "breaking": .bool(isBreaking),
            "changes": .array(
                changes.map { change in
                    .members([
                        "impact": .string(change.impact.rawValue),
                        "metric": .string(change.metric),
                        "field": .string(change.field),
                        "old": change.old.map { .string($0) },
                        "new": change.new.map { .string($0) },
                    ])
                }
            ),
        ])
    }
}
