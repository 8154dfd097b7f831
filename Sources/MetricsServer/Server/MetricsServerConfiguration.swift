public import MetricsRuntime

/// Where an endpoint listens and how it ends.
public struct MetricsServerConfiguration: Sendable, Hashable {
    /// The IP address or host name to listen on, such as `127.0.0.1`, `0.0.0.0` or `::1`.
    public var host: String
    /// The port, 0 to 65535.
    ///
    /// With 0 the system chooses one, which the server reports when it listens.
    public var port: Int
    /// How long scrapes that run when the server is told to end may go on; 5 seconds by default.
    public var shutdownGracePeriod: Duration = .seconds(5)
    /// How long clients may take, and how many there may be.
    public var limits = MetricsConnectionLimits()
    /// The path of a `web.config` file of exporter-toolkit's form: TLS, client certificates, passwords, headers. `nil` is
    /// plain HTTP for everybody.
    public var webConfigurationPath: String?

    /// Creates a configuration.
    ///
    /// Address and port are checked when the server starts.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Creates a configuration from `PROMETHEUS_BIND_ADDRESS` and `PROMETHEUS_METRICS_PORT`, and from `PROMETHEUS_WEB_CONFIG`
    /// where that is set.
    ///
    /// - Throws: One error that names every variable of the first two that is not set.
    public init(environment: MetricsEnvironment) throws(MetricsEnvironmentError) {
        let server = try environment.requireServer()
        self.init(host: server.bindAddress, port: server.port)
        webConfigurationPath = environment.webConfigurationPath
    }
}
