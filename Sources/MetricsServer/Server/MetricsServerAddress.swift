/// The address that an endpoint listens on.
public struct MetricsServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// The IP address.
    public let host: String
    /// The port; the chosen one where the system chose.
    public let port: Int

    /// Creates an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Host and port as they stand in a URL, an IPv6 address in brackets: `127.0.0.1:9464`, `[::1]:9464`.
    public var description: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
