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
    case home = "HOME"

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
