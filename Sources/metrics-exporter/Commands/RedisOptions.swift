import ArgumentParser
import MetricsRuntime

#if Redis
    import MetricsRedis
#endif

/// The Redis that a command reads in the place of a directory.
struct RedisOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The Redis to read, in the place of a directory: redis://, rediss:// or unix://.",
            discussion: """
                Without it and without --multiproc-dir: PROMETHEUS_REDIS_URL, or where REDIS_ENABLED says so, \
                REDIS_HOST, REDIS_PORT and REDIS_DB. A password is better kept in REDIS_PASSWORD: others see flags.
                """,
            valueName: "url"
        )
    )
    var redisURL: String?

    @Option(
        help: ArgumentHelp(
            "What the app's keys in Redis begin with.",
            discussion: "Without it: REDIS_KEY_PREFIX, and without that 'gunicorn'.",
            valueName: "prefix"
        )
    )
    var redisKeyPrefix: String?

    @Option(
        help: ArgumentHelp(
            "Shows the living instances of that host alone.",
            discussion: "Without it: REDIS_INSTANCE_HOST, and without that those of all hosts.",
            valueName: "host"
        )
    )
    var redisInstanceHost: String?

    @Option(
        help: ArgumentHelp(
            "Shows the living instances of that name alone.",
            discussion: "Without it: REDIS_INSTANCE_NAME, and without that those of all names.",
            valueName: "name"
        )
    )
    var redisInstanceName: String?

    /// Whether the flag holds a password, which everybody on the machine can see in the list of processes.
    var showsPassword: Bool {
        redisURL.flatMap { try? RedisSettings(url: $0) }?.password != nil
    }

    /// A flag that says nothing where a directory is read, if one is given.
    var flagForRedisAlone: String? {
        if redisKeyPrefix != nil { return "--redis-key-prefix" }
        if redisInstanceHost != nil { return "--redis-instance-host" }
        return redisInstanceName != nil ? "--redis-instance-name" : nil
    }

    func validate() throws {
        guard let redisURL else { return }
        do throws(RedisURLError) {
            let password = EnvironmentVariable.ofThisProcess()[EnvironmentVariable.redisPassword.rawValue]
            _ = try RedisSettings(url: redisURL, password: password.map(RedisSecret.init))
        } catch {
            throw ValidationError("--redis-url: \(error)")
        }
    }

    /// The environment's variables, with those that the flags override replaced.
    func overlaid(on variables: [String: String], directoryFlag: String?) -> [String: String] {
        var variables = variables
        if let redisURL {
            variables[EnvironmentVariable.redisURL.rawValue] = redisURL
            variables[EnvironmentVariable.redisEnabled.rawValue] = "true"
        } else if directoryFlag != nil {
            variables[EnvironmentVariable.redisEnabled.rawValue] = "false"
        }
        if let redisKeyPrefix { variables[EnvironmentVariable.redisKeyPrefix.rawValue] = redisKeyPrefix }
        return variables
    }

    /// What reads that Redis.
    ///
    /// - Throws: A failure where this program was built without the trait.
    func source(_ settings: RedisSettings) throws -> MetricSource {
        #if Redis
            var configuration = RedisCollectorConfiguration()
            let variables = EnvironmentVariable.ofThisProcess()
            let host = redisInstanceHost ?? variables[EnvironmentVariable.redisInstanceHost.rawValue]
            let name = redisInstanceName ?? variables[EnvironmentVariable.redisInstanceName.rawValue]
            if host != nil || name != nil { configuration.filter = .instances(host: host, name: name) }
            let collector = RedisCollector(settings: settings, configuration: configuration)
            return MetricSource(skippedEntries: collector.skippedEntries) {
                (try await collector.collect(), collector.lastFaults)
            }
        #else
            throw ExporterFailure.usage(
                "this metrics-exporter was built without the trait Redis; build one with 'swift build -c release "
                    + "--product metrics-exporter --traits Redis,Server', or leave out --redis-url, REDIS_ENABLED and "
                    + "PROMETHEUS_REDIS_URL to read a directory"
            )
        #endif
    }
}

/// Where the metrics of the app come from.
struct MetricSource: Sendable {
    /// What scrapes left out, as a metric.
    let skippedEntries: SkippedEntriesCollector
    /// The metrics now, and what was left out of them.
    let collect: @Sendable () async throws -> (MetricSnapshot, [MultiprocessFaultReport])
}
