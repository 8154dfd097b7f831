#if SwiftMetrics
    /// Every mistake in a ``MetricsBackendConfiguration``.
    public struct MetricsBackendConfigurationError: Error, Hashable, CustomStringConvertible {
        /// One mistake.
        public struct Problem: Sendable, Hashable, CustomStringConvertible {
            /// The key at fault, such as `timerBuckets` or `metrics["db.query"].buckets`.
            public let key: String
            /// The value at fault.
            public let value: String
            /// What is wrong with it.
            public let reason: String
            /// How to mend it.
            public let remedy: String

            /// All of it as one sentence.
            public var description: String { "\(key) is \(value): \(reason); \(remedy)" }
        }

        /// The mistakes, at least one.
        public let problems: [Problem]

        /// One line for each mistake.
        public var description: String { problems.map(\.description).joined(separator: "\n") }
    }
#endif
