#if SwiftMetrics
    /// The names that a metric may get, the best one first.
    ///
    /// They follow from label and kind alone, so that all processes agree as far as they record the same metrics.
    struct NameCandidates {
        private let stem: String
        private let suffix: String
        private let key: MetricKey

        init(_ key: MetricKey, timersEndInSeconds: Bool) {
            self.key = key
            let suffix = key.kind.suffix(timersEndInSeconds: timersEndInSeconds)
            var stem = PrometheusNames.sanitized(key.label)
            // Not twice, and not of a label that is nothing else.
            if !suffix.isEmpty, stem.hasSuffix(suffix), stem != suffix { stem.removeLast(suffix.count) }
            self.stem = stem
            self.suffix = suffix
        }

        /// The same for a name that somebody spelled out.
        init(_ key: MetricKey, name: String) {
            self.key = key
            let suffix = key.kind == .counter ? "_total" : ""
            stem =
                !suffix.isEmpty && name.hasSuffix(suffix) && name != suffix ? String(name.dropLast(suffix.count)) : name
            self.suffix = suffix
        }

        /// What the label asks for.
        var plain: String { stem + suffix }

        /// A name for a metric that cannot have the plain one: with its kind first, where another type has that; then
        /// with a digest of its label.
        func fallback(_ attempt: Int) -> String {
            let digest = PrometheusNames.digest(key.description)
            return switch attempt {
            case ...1: "\(stem)_\(key.kind.word)\(suffix)"
            case 2: "\(stem)_\(digest)\(suffix)"
            default: "\(stem)_\(digest)_\(attempt)\(suffix)"
            }
        }
    }
#endif
