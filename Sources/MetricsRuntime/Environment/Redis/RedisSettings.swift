/// Where a Redis is, how to log in, and which metrics in it are ours.
///
/// Holding settings needs nothing of the trait `Redis`; connecting is in the module MetricsRedis.
public struct RedisSettings: Sendable, Hashable {
    /// What a connection is made to.
    public enum Address: Sendable, Hashable, CustomStringConvertible {
        /// A host name or IP address, and a port from 1 to 65535.
        case tcp(host: String, port: Int)
        /// The path of a Unix domain socket.
        case unixSocket(path: String)

        /// The address as it stands in a URL: `127.0.0.1:6379`, `[::1]:6379`, or the path of a socket.
        public var description: String {
            switch self {
            case .tcp(let host, let port):
                host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .unixSocket(let path): path
            }
        }
    }

    /// How a connection is encrypted.
    public struct TLS: Sendable, Hashable {
        /// A PEM file of the authorities that may sign the server's certificate; the system's where it is `nil`.
        public var authoritiesFile: String?
        /// A PEM file with this client's certificate chain, where the server asks for one.
        public var certificateFile: String?
        /// A PEM file with the key of that certificate.
        public var keyFile: String?
        /// Whether the server's certificate and name are checked. Without that anybody on the way can read and change
        /// everything, the password too.
        public var verifiesServer: Bool

        /// Creates options; by themselves they check the server against the system's authorities.
        public init(
            authoritiesFile: String? = nil,
            certificateFile: String? = nil,
            keyFile: String? = nil,
            verifiesServer: Bool = true
        ) {
            self.authoritiesFile = authoritiesFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.verifiesServer = verifiesServer
        }
    }

    /// The port of a Redis where none is named.
    public static let defaultPort = 6379
    /// The prefix where none is named: that of the Python exporter for gunicorn.
    public static let defaultKeyPrefix = "gunicorn"
    /// The life of a lease where none is named.
    public static let defaultLease: Duration = .seconds(60)

    /// What to connect to.
    public var address: Address
    /// The name of an ACL user, or `nil` for the default user.
    public var user: String?
    /// The user's password, or `nil` where none is asked for.
    public var password: RedisSecret?
    /// The number of the database, 0 or more. A Redis Cluster has 0 alone.
    public var database: Int
    /// How to encrypt, or `nil` for a connection in the clear.
    public var tls: TLS?
    /// What tells the metrics of one app from those of others in the same Redis; any text that is not empty.
    public var keyPrefix: String
    /// How long after its last word an instance counts as alive; `nil` for ever, until it takes leave.
    public var lease: Duration?

    /// Creates settings.
    public init(
        address: Address = .tcp(host: "127.0.0.1", port: RedisSettings.defaultPort),
        user: String? = nil,
        password: RedisSecret? = nil,
        database: Int = 0,
        tls: TLS? = nil,
        keyPrefix: String = RedisSettings.defaultKeyPrefix,
        lease: Duration? = RedisSettings.defaultLease
    ) {
        self.address = address
        self.user = user
        self.password = password
        self.database = database
        self.tls = tls
        self.keyPrefix = keyPrefix
        self.lease = lease
    }
}
