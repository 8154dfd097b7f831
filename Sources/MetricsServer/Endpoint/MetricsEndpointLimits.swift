/// How much one endpoint does at once and for one request.
public struct MetricsEndpointLimits: Sendable, Hashable {
    /// How many scrapes may run at the same time, 8 by default. More are answered with status 503 and `Retry-After`.
    ///
    /// A scrape counts until its last byte is sent, so this bounds memory too.
    public var concurrentScrapes = 8
    /// How long collecting may take, 10 seconds by default: as long as Prometheus waits. Later, status 503 is answered.
    public var collectingTime: Duration = .seconds(10)
    /// How many parameters a request's query may have; more are answered with status 400. 1024 by default.
    public var queryParameters = 1024
    /// How many bytes a request's target may have; more are answered with status 414. 65 536 by default.
    public var targetLength = 65_536

    /// Creates the default limits.
    public init() {}
}
