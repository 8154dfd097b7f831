#if Redis
    public import Logging
    public import MetricsRuntime
    public import ServiceLifecycle

    /// Sends what the processes' metrics count to a Redis, where many hosts meet.
    ///
    /// Updates know nothing of it: they go to cells in memory, and the publisher reads the cells. Once an interval it
    /// sends what changed, in one pipelined batch. Where Redis is slow, down, full or came back empty, updates cost what
    /// they always cost; one line is logged, `metrics_redis_failures_total` counts, and the next success brings Redis up
    /// to date with everything that this process holds.
    ///
    /// Run it in a `ServiceGroup`, or in a task of your own and cancel that. At shutdown it sends the last values and
    /// takes leave, so that other instances need not wait for its lease to end.
    ///
    /// ```swift
    /// if let redis = try MetricsEnvironment().redis {
    ///     services.append(RedisPublisher(settings: redis))
    /// }
    /// ```
    ///
    /// Make it in the process whose metrics it sends: it does not survive a `fork()`. One publisher for each registry;
    /// thread-safe.
    public final class RedisPublisher: Service {
        /// Who sends: as it was at first; a process that was taken for dead goes on under a new start.
        public let instance: RedisInstance

        private let configuration: RedisPublisherConfiguration
        private let core: PublishingCore

        /// Creates a publisher; it connects to nothing before ``run()`` or ``publish()``.
        ///
        /// - Parameters:
        ///   - registry: Whose metrics are sent.
        ///   - settings: Where Redis is.
        ///   - instance: Who sends.
        ///   - configuration: Intervals and limits.
        ///   - logger: Told once when Redis cannot be used, and once when it can be again.
        public init(
            registry: MetricsRegistry = .shared,
            settings: RedisSettings,
            instance: RedisInstance = .current(),
            configuration: RedisPublisherConfiguration = RedisPublisherConfiguration(),
            logger: Logger = Logger(label: "MetricsRedis")
        ) {
            self.instance = instance
            self.configuration = configuration
            core = PublishingCore(
                registry: registry,
                settings: settings,
                instance: instance,
                configuration: configuration,
                logger: logger
            )
        }

        /// Sends what changed once an interval, until the task is cancelled or its service group shuts down; then sends
        /// the rest and takes leave.
        ///
        /// Never throws because of Redis.
        public func run() async throws {
            await cancelWhenGracefulShutdown { [core, configuration] in
                let clock = ContinuousClock()
                while !Task.isCancelled {
                    let next = clock.now + configuration.interval
                    // In a task of its own: a batch under way is not cut off by the shutdown, only limited in time.
                    let tick = Task { await core.tick() }
                    await withTaskCancellationHandler {
                        await tick.value
                    } onCancel: {
                        Task { await core.limitTime() }
                    }
                    try? await clock.sleep(until: next)
                }
            }
            await Task { [core] in await core.leave() }.value
        }

        /// Sends what changed now, without waiting for the interval.
        ///
        /// - Throws: Why Redis does not have it. What was not sent is sent the next time.
        public func publish() async throws(RedisError) {
            try await core.publish()
        }
    }
#endif
