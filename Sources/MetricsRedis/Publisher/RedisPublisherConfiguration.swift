#if Redis
    /// How a publisher behaves.
    public struct RedisPublisherConfiguration: Sendable, Hashable {
        /// How often what changed is sent; 1 second by default. A killed process loses what it counted since.
        public var interval: Duration = .seconds(1)
        /// How long a connection may take to come about, login and encryption included; 2 seconds by default.
        public var connectTimeout: Duration = .seconds(2)
        /// How long Redis may take to answer; 5 seconds by default.
        public var commandTimeout: Duration = .seconds(5)
        /// The longest pause between attempts to connect; 10 seconds by default.
        public var longestPause: Duration = .seconds(10)
        /// How long all of the last sending and leave-taking may take at shutdown; 5 seconds by default.
        public var shutdownTimeout: Duration = .seconds(5)
        /// How long gauges of mode `all` are shown of dead instances; 1 hour by default.
        public var remainsRetention: Duration = .seconds(3600)

        /// Creates the default configuration.
        public init() {}
    }
#endif
