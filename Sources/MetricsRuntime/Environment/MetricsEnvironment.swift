/// The environment variables of the metrics system, read once, checked and typed.
///
/// | variable | meaning | default |
/// | --- | --- | --- |
/// | `PROMETHEUS_MULTIPROC_DIR` | directory that the processes share; empty: values stay in memory | `~/.gunicorn_prometheus` |
/// | `PROMETHEUS_METRICS_PORT` | port of the endpoint, 0 to 65535; with 0 the system chooses | none |
/// | `PROMETHEUS_BIND_ADDRESS` | address or host name that the endpoint listens on | none |
/// | `REDIS_ENABLED` | whether metrics are mirrored to Redis, or read from it | whether there is a URL |
/// | `PROMETHEUS_REDIS_URL` | `redis://`, `rediss://` or `unix://`; goes before host, port and database | none |
/// | `REDIS_HOST`, `REDIS_PORT`, `REDIS_DB` | where Redis is | `127.0.0.1`, 6379, 0 |
/// | `REDIS_PASSWORD` | the password, where the URL has none | none |
/// | `REDIS_KEY_PREFIX` | what tells apps in one Redis apart; any text | `gunicorn` |
/// | `REDIS_TTL_SECONDS` | seconds after which a silent instance is dead | 60 |
/// | `REDIS_TTL_DISABLED` | whether silent instances count as alive for ever | `false` |
/// | `PROMETHEUS_WEB_CONFIG` | `web.config` file of the endpoint: TLS, client certificates, passwords | none: plain HTTP |
///
/// A value is an immutable snapshot: what changes in the environment later does not change it. Reading changes
/// neither the environment nor any file.
public struct MetricsEnvironment: Sendable, Hashable {
    /// Parts of the environment that a program cannot do without.
    public struct Requirements: OptionSet, Sendable, Hashable {
        /// The requirements as bits.
        public let rawValue: Int

        /// Creates requirements from their bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The server's address and port: both variables must be set.
        public static let server = Requirements(rawValue: 1 << 0)
        /// A directory of files: neither private memory nor an unusable name will do.
        public static let directory = Requirements(rawValue: 1 << 1)
        /// Something that several processes share: a Redis, or else a directory of files.
        public static let sharedStorage = Requirements(rawValue: 1 << 2)
    }

    /// Where values are kept, by `PROMETHEUS_MULTIPROC_DIR`.
    public let storage: MetricsStorageLocation
    /// The port of the endpoint, 0 to 65535, or `nil` where the variable is not set.
    public let metricsPort: Int?
    /// The address or host name that the endpoint listens on, or `nil` where the variable is not set.
    public let bindAddress: String?
    /// How to reach Redis, or `nil` where it is off. A password in it shows in no description.
    public let redis: RedisSettings?
    /// The path of the endpoint's `web.config` file, or `nil` where the variable is not set.
    public let webConfigurationPath: String?

    /// The directory that the processes share, or `nil` where values stay in memory.
    public var multiprocDirectory: String? { storage.directory }

    /// Reads and checks the variables.
    ///
    /// A directory that cannot be named is an error here only where it is required: an app without one goes on, with
    /// its values in memory (see ``MetricsStorageLocation/unavailable(_:)``).
    ///
    /// - Parameters:
    ///   - variables: The environment variables; those of this process where none are given.
    ///   - requirements: What must be there, so that its lack is reported together with everything else.
    /// - Throws: One error with all problems, each naming the variable, its value and how to mend it.
    public init(
        variables: [String: String]? = nil,
        requiring requirements: Requirements = []
    ) throws(MetricsEnvironmentError) {
        let variables = variables ?? EnvironmentVariable.ofThisProcess()
        var problems: [MetricsEnvironmentProblem] = []

        storage = MetricsStorageLocation(variables: variables)
        var redisVariables = RedisVariables(variables)
        redis = redisVariables.settings()
        let hasNoRedis = redis == nil && redisVariables.problems.isEmpty
        if requirements.contains(.directory) || (requirements.contains(.sharedStorage) && hasNoRedis) {
            do { _ = try storage.requireDirectory() } catch { problems += error.problems }
        }
        let serves = requirements.contains(.server)
        switch EndpointPort.parse(variables[EnvironmentVariable.metricsPort.rawValue], required: serves) {
        case .success(let port): metricsPort = port
        case .failure(let problem):
            metricsPort = nil
            problems.append(problem)
        }
        switch EndpointAddress.parse(variables[EnvironmentVariable.bindAddress.rawValue], required: serves) {
        case .success(let address): bindAddress = address
        case .failure(let problem):
            bindAddress = nil
            problems.append(problem)
        }
        problems += redisVariables.problems
        switch WebConfigurationPath.parse(variables[EnvironmentVariable.webConfiguration.rawValue]) {
        case .success(let path): webConfigurationPath = path
        case .failure(let problem):
            webConfigurationPath = nil
            problems.append(problem)
        }
        guard problems.isEmpty else { throw MetricsEnvironmentError(problems: problems) }
    }

    /// The address and port of the endpoint.
    ///
    /// - Throws: One error that names every variable of the two that is not set.
    public func requireServer() throws(MetricsEnvironmentError) -> (bindAddress: String, port: Int) {
        if let bindAddress, let metricsPort { return (bindAddress, metricsPort) }
        var problems: [MetricsEnvironmentProblem] = []
        if metricsPort == nil { problems.append(EndpointPort.missing) }
        if bindAddress == nil { problems.append(EndpointAddress.missing) }
        throw MetricsEnvironmentError(problems: problems)
    }

    /// The directory that the processes share.
    ///
    /// - Throws: An error that says why there is none.
    public func requireDirectory() throws(MetricsEnvironmentError) -> String {
        try storage.requireDirectory()
    }
}
