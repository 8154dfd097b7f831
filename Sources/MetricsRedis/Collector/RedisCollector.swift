#if Redis
    public import MetricsRuntime

    /// Reads and merges what all instances have in a Redis.
    ///
    /// What comes out is what a directory's merge makes of the same values, by the same code. Reading changes nothing in
    /// Redis, so any number of collectors may read the same one; it takes two round trips where nobody dies meanwhile,
    /// and never more than a few. Instances may write, die and be archived meanwhile: nothing is missed or counted twice.
    ///
    /// ```swift
    /// let collector = RedisCollector(settings: settings)
    /// let handler = MetricsHandler { try await collector.collect() }
    /// ```
    ///
    /// Keep one collector: it remembers what it read, so that later scrapes are faster. Thread-safe.
    public final class RedisCollector: Sendable {
        /// How often a reading is begun again because instances were archived in the middle of it.
        private static let attempts = 3

        private let settings: RedisSettings
        private let filter: RedisInstanceFilter
        private let reader: RedisReader
        private let merge = MultiprocessCollector()

        /// Creates a collector; it connects at the first ``collect()``.
        public init(
            settings: RedisSettings,
            configuration: RedisCollectorConfiguration = RedisCollectorConfiguration()
        ) {
            self.settings = settings
            filter = configuration.filter
            reader = RedisReader(
                link: RedisLink(
                    connector: RedisConnector(settings: settings, limit: configuration.connectTimeout),
                    limit: configuration.commandTimeout,
                    // Somebody waits for each scrape; they are rare enough to try each time but in a burst.
                    longestPause: .milliseconds(500)
                ),
                keys: RedisKeys(prefix: settings.keyPrefix),
                address: settings.address
            )
        }

        /// Everything that Redis has now.
        ///
        /// - Throws: Why it cannot be read; of a format that is not known, the version.
        public func collect() async throws(RedisError) -> MetricSnapshot {
            for attempt in 1... {
                guard let contents = try await reader.read(filter, atOnce: attempt > Self.attempts) else { continue }
                return merge.merge(contents.sources(), types: contents.types)
            }
            return MetricSnapshot()
        }

        /// What the last scrape left out: the first hundred entries that nobody can read.
        public var lastFaults: [MultiprocessFaultReport] { merge.lastFaults }

        /// What scrapes left out, as a counter by reason.
        package var skippedEntries: SkippedEntriesCollector { SkippedEntriesCollector(collector: merge) }

        /// Closes the connection; a later scrape opens another one.
        public func close() async {
            await reader.link.close()
        }
    }
#endif
