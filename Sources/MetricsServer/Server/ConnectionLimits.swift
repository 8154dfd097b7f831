/// How long clients may take, and how many there may be.
public struct MetricsConnectionLimits: Sendable, Hashable {
    /// How many clients may be connected at the same time, 512 by default. More are turned away at once.
    public var connections = 512
    /// How long a client may take to send a request, from its first connection or from the request's head on; 10 seconds
    /// by default.
    public var requestTime: Duration = .seconds(10)
    /// How long a connection may be kept between requests, and the head of the next one with it; 60 seconds by default.
    public var idleTime: Duration = .seconds(60)
    /// How long a client may take to take a piece of a body off the network; 30 seconds by default.
    public var writeTime: Duration = .seconds(30)
    /// How many bytes of a request's body are read and thrown away; a longer one is answered with status 413. 1 MiB by
    /// default.
    public var bodyLength = 1 << 20

    /// Creates the default limits.
    public init() {}
}
