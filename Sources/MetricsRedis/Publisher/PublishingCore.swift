#if Redis
    import Logging
    import MetricsRuntime

    /// Sends the values of one registry, one round after the other.
    actor PublishingCore {
        /// How often a failed use of Redis is counted by reason.
        private static let failures = MetricDescriptor(
            name: "metrics_redis_failures_total",
            documentation: "Attempts to send metrics to Redis that failed, by reason",
            type: .counter,
            labels: [MetricDescriptor.Label(name: "reason")],
            maxSeries: .max
        )
        /// How often Redis may say within a round that it forgot something, before the next round goes on.
        private static let attempts = 4

        private let registry: MetricsRegistry
        private let settings: RedisSettings
        private let configuration: RedisPublisherConfiguration
        private let logger: Logger
        private let keys: RedisKeys
        private let link: RedisLink
        private let archivist: RedisArchivist
        private let clock = ContinuousClock()

        private var mirror: InstanceMirror
        private var isFailing = false
        private var hasLeft = false
        private var lastSuccess: ContinuousClock.Instant?
        private var nextReaping: ContinuousClock.Instant?
        /// What cuts off a shutdown that takes too long.
        private var end: Task<Void, any Error>?
        /// The round under way: rounds take turns, or numbers of batches would not rise.
        private var round: Task<Result<Void, RedisError>, Never>?

        init(
            registry: MetricsRegistry,
            settings: RedisSettings,
            instance: RedisInstance,
            configuration: RedisPublisherConfiguration,
            logger: Logger
        ) {
            self.registry = registry
            self.settings = settings
            self.configuration = configuration
            self.logger = logger
            mirror = InstanceMirror(instance: instance)
            keys = RedisKeys(prefix: settings.keyPrefix)
            link = RedisLink(
                connector: RedisConnector(settings: settings, limit: configuration.connectTimeout),
                limit: configuration.commandTimeout,
                longestPause: configuration.longestPause
            )
            archivist = RedisArchivist(
                link: link,
                keys: keys,
                address: settings.address,
                remainsRetention: configuration.remainsRetention
            )
        }

        /// One round of the interval, and now and then a look for dead instances.
        func tick() async {
            do throws(RedisError) {
                try await publish()
                try await reapNowAndThen()
            } catch {
                // Told and counted already, or of no consequence: somebody else reaps, or this one the next time.
            }
        }

        /// Sends what changed, after the round that is under way.
        func publish() async throws(RedisError) {
            while let round { _ = await round.value }
            guard !hasLeft else { return }
            let task = Task { () -> Result<Void, RedisError> in
                let result = await attempt()
                round = nil
                return result
            }
            round = task
            let result = await task.value
            report(result)
            try result.get()
        }

        /// From now on everything ends within the limit for shutting down: what is under way, too.
        func limitTime() {
            guard end == nil else { return }
            end = Task { [link, configuration] in
                try await Task.sleep(for: configuration.shutdownTimeout)
                await link.shutDown()
            }
        }

        /// Sends the rest and archives this instance.
        func leave() async {
            limitTime()
            try? await publish()
            hasLeft = true
            if mirror.epoch != nil {
                _ = try? await archivist.archive(
                    mirror.instance.description,
                    pages: mirror.pageCount,
                    evenIfAlive: true
                )
            }
            end?.cancel()
            await link.shutDown()
        }

        // MARK: Sending

        private func attempt() async -> Result<Void, RedisError> {
            // By now Redis has forgotten whether it archived this instance; a new start is right in both cases.
            if settings.lease != nil, let last = lastSuccess, clock.now - last > RedisArchivist.memory / 2 {
                mirror.wasArchived(after: .max)
                lastSuccess = clock.now
            }
            do throws(RedisError) {
                for _ in 0..<Self.attempts {
                    guard try await sendChanges() else { continue }
                    lastSuccess = clock.now
                    return .success(())
                }
                throw RedisError(.busy, server: settings.address, "it forgets what it is sent")
            } catch {
                return .failure(error)
            }
        }

        /// Sends what is in doubt, or else what changed; whether Redis has it all now.
        private func sendChanges() async throws(RedisError) -> Bool {
            let isRetry = !mirror.pending.isEmpty
            if !isRetry { mirror.prepare(registry.processSeries()) }
            let batches = mirror.pending
            var pipeline = RESPPipeline()
            let epoch = String(UInt64.random(in: .min ... .max), radix: 36)
            for batch in batches { append(batch, epoch: epoch, to: &pipeline) }
            let replies: [RESPValue]
            do throws(RedisError) {
                replies = try await link.send(pipeline)
            } catch {
                mirror.lostReplies()
                throw error
            }
            var problem: RedisError?
            for (batch, reply) in zip(batches, replies) {
                do throws(RedisError) {
                    guard try take(reply, to: batch) else { return false }
                } catch {
                    // The others are looked at as well: what Redis took of them counts.
                    mirror.refused(batch)
                    problem = problem ?? error
                }
            }
            if let problem { throw problem }
            return !isRetry
        }

        /// Takes note of the answer to a batch; `false` where everything must be sent again.
        private func take(_ reply: RESPValue, to batch: InstanceMirror.Batch) throws(RedisError) -> Bool {
            if let refusal = reply.refusal { throw RedisError(refusal: refusal, server: settings.address) }
            let words = reply.elements ?? []
            let detail = words.dropFirst().first?.text ?? ""
            switch words.first?.text {
            case "ok": return !mirror.took(batch, epoch: detail)
            case "old":
                mirror.isOld(batch, last: Int64(detail) ?? .max)
                return !mirror.pending.isEmpty
            case "archived": mirror.wasArchived(after: Int64(detail) ?? .max)
            case "stale": mirror.isStale(last: Int64(detail) ?? 0)
            case "empty": mirror.isEmpty(epoch: detail)
            case "format":
                let version = detail.debugDescription
                throw RedisError(
                    .format,
                    server: settings.address,
                    "version \(version) in key \(keys.format.debugDescription)"
                )
            default: throw RedisError(.violation, server: settings.address, "an answer that no script gives")
            }
            return false
        }

        private func append(_ batch: InstanceMirror.Batch, epoch: String, to pipeline: inout RESPPipeline) {
            let instance = mirror.instance.description
            let superseded = mirror.superseded?.description ?? ""
            let scriptKeys = [
                keys.format, keys.instances, keys.lease(instance), keys.archived(instance), keys.epoch,
                keys.page(instance, batch.page), keys.remains(superseded), keys.remainsIndex,
                keys.types,
            ]
            let arguments = [
                RedisKeys.format, instance, String(batch.sequence), String(batch.known),
                String(lease?.milliseconds ?? 0), String(mirror.pageCount), batch.replacesPage ? "1" : "0",
                epoch, superseded, String(batch.deletions.count), String(2 * batch.types.count),
            ]
            pipeline.begin(
                3 + scriptKeys.count + arguments.count + 2 * batch.types.count + batch.deletions.count
                    + 2 * batch.values.count
            )
            pipeline.add("EVAL")
            pipeline.add(RedisScript.publish)
            pipeline.add(String(scriptKeys.count))
            for word in scriptKeys + arguments { pipeline.add(word) }
            for line in batch.types {
                pipeline.add(line.field)
                pipeline.add(line.text)
            }
            for field in batch.deletions { pipeline.add(field) }
            for (field, text) in batch.values {
                pipeline.add(field)
                pipeline.add(text)
            }
        }

        /// The life of a lease: never so short that an interval or two outlast it.
        private var lease: Duration? {
            settings.lease.map { max($0, configuration.interval * 3) }
        }

        // MARK: Others

        private func reapNowAndThen() async throws(RedisError) {
            guard !hasLeft else { return }
            // Leases that last for ever end when somebody deletes them.
            let lease = lease ?? RedisSettings.defaultLease
            let pause = lease / 2 * Double.random(in: 0.8...1.2)
            guard let due = nextReaping else {
                nextReaping = clock.now + pause
                return
            }
            guard clock.now >= due else { return }
            // A Redis that came back has the leases of its last snapshot. Those who live need time to return before
            // anybody calls them dead; they all lost their connections with this one.
            guard await link.age >= max(lease, configuration.longestPause * 2) else { return }
            nextReaping = clock.now + pause
            guard try await archivist.takeTurn(for: lease / 2) else { return }
            _ = try await archivist.reap()
        }

        private func report(_ result: Result<Void, RedisError>) {
            switch result {
            case .success:
                guard isFailing else { return }
                isFailing = false
                logger.notice("metrics are in Redis again", metadata: ["redis": "\(settings.address)"])
            case .failure(let error):
                let family = registry.family(for: Self.failures)
                CounterChild(family._child1(0, error.code.description)).inc()
                guard !isFailing else { return }
                isFailing = true
                logger.error("metrics are not sent to Redis", metadata: ["error": "\(error)"])
            }
        }
    }

    extension Duration {
        /// Whole milliseconds, at least one.
        var milliseconds: Int64 {
            max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
        }
    }
#endif
