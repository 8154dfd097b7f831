#if Redis
    import Logging
    import MetricsRuntime

    @testable import MetricsRedis

    /// A registry and its publisher, as one process has them.
    struct Instance {
        let registry = MetricsRegistry(storage: .memory)
        let publisher: RedisPublisher
        let log = LogRecorder()

        init(
            _ settings: RedisSettings,
            as instance: RedisInstance = .current(host: "host"),
            _ change: (inout RedisPublisherConfiguration) -> Void = { _ in }
        ) {
            var configuration = RedisPublisherConfiguration()
            configuration.interval = .milliseconds(20)
            configuration.longestPause = .milliseconds(200)
            change(&configuration)
            publisher = RedisPublisher(
                registry: registry,
                settings: settings,
                instance: instance,
                configuration: configuration,
                logger: log.logger
            )
        }

        func counter(_ name: String, _ label: String = "") -> CounterChild {
            CounterChild(registry.family(for: Self.descriptor(name, .counter))._child1(0, label))
        }

        func gauge(_ name: String, _ mode: MultiprocessMode, _ label: String = "") -> GaugeChild {
            GaugeChild(registry.family(for: Self.descriptor(name, .gauge, mode))._child1(0, label))
        }

        func histogram(_ name: String, _ label: String = "") -> HistogramChild {
            HistogramChild(registry.family(for: Self.descriptor(name, .histogram))._child1(0, label))
        }

        /// Runs the publisher while `body` does; then it takes leave.
        func running(_ body: () async throws -> Void) async throws {
            let task = Task { [publisher] in try await publisher.run() }
            let result: Result<Void, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            task.cancel()
            try await task.value
            try result.get()
        }

        static func descriptor(
            _ name: String,
            _ type: MetricType,
            _ mode: MultiprocessMode = .all
        ) -> MetricDescriptor {
            MetricDescriptor(
                name: name,
                documentation: "Help for \(name)",
                type: type,
                labels: [MetricDescriptor.Label(name: "label")],
                buckets: type == .histogram ? [1, 2.5, 10] : [],
                multiprocessMode: mode,
                maxSeries: .max
            )
        }
    }

    extension RedisLink {
        /// A link without pauses.
        init(_ settings: RedisSettings) {
            self.init(
                connector: RedisConnector(settings: settings, limit: .seconds(10)),
                limit: .seconds(10),
                longestPause: .zero
            )
        }
    }

    extension RedisArchivist {
        init(_ settings: RedisSettings) {
            self.init(
                link: RedisLink(settings),
                keys: RedisKeys(prefix: settings.keyPrefix),
                address: settings.address,
                remainsRetention: .seconds(60)
            )
        }
    }

    extension RedisCollector {
        /// The exposition, without what the runtime counts about itself.
        func text() async throws -> String {
            var snapshot = try await collect()
            snapshot.families.removeAll { $0.name.hasPrefix("metrics_") }
            return String(decoding: ExpositionFormat.text.encode(snapshot), as: UTF8.self)
        }

        /// The value behind a sample's name and labels.
        func value(_ sample: String) async throws -> Double? {
            try await text().split(separator: "\n").first { $0.hasPrefix(sample + " ") }
                .flatMap { Double($0.dropFirst(sample.count + 1)) }
        }
    }
#endif
