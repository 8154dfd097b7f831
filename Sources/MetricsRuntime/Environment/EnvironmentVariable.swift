#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The variables that the runtime and the server read.
package enum EnvironmentVariable: String, Sendable, CaseIterable {
    case multiprocDirectory = "PROMETHEUS_MULTIPROC_DIR"
    case metricsPort = "PROMETHEUS_METRICS_PORT"
    case bindAddress = "PROMETHEUS_BIND_ADDRESS"
    case webConfiguration = "PROMETHEUS_WEB_CONFIG"
    case processMetrics = "PROMETHEUS_PROCESS_METRICS"
    case logLevel = "PROMETHEUS_LOG_LEVEL"
    case home = "HOME"
    case redisURL = "PROMETHEUS_REDIS_URL"
    case redisEnabled = "REDIS_ENABLED"
    case redisHost = "REDIS_HOST"
    case redisPort = "REDIS_PORT"
    case redisDatabase = "REDIS_DB"
    case redisPassword = "REDIS_PASSWORD"
    case redisKeyPrefix = "REDIS_KEY_PREFIX"
    case redisInstanceHost = "REDIS_INSTANCE_HOST"
    case redisInstanceName = "REDIS_INSTANCE_NAME"
    case redisTTL = "REDIS_TTL_SECONDS"
    case redisTTLDisabled = "REDIS_TTL_DISABLED"

    /// The variables as this process has them now; what is not set is left out.
    ///
    /// Asks for the few names one by one: nothing else of the environment, which may hold secrets, is copied.
    package static func ofThisProcess() -> [String: String] {
        var variables: [String: String] = [:]
        for variable in allCases {
            // A value that is no UTF-8 gets U+FFFD for what is not; the checks of each variable report that.
            guard let value = getenv(variable.rawValue) else { continue }
            variables[variable.rawValue] = String(cString: value)
        }
        return variables
    }
}
