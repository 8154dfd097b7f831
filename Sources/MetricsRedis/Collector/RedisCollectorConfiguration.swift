#if Redis
    /// How a collector behaves.
    public struct RedisCollectorConfiguration: Sendable, Hashable {
        /// Which instances are shown; all of them by default.
        public var filter: RedisInstanceFilter = .all
        /// How long a connection may take to come about, login and encryption included; 2 seconds by default.
        public var connectTimeout: Duration = .seconds(2)
        /// How long Redis may take to answer one round of commands; 5 seconds by default.
        public var commandTimeout: Duration = .seconds(5)

        /// Creates the default configuration.
        public init() {}
    }

    /// Which instances a collector shows.
    public struct RedisInstanceFilter: Sendable, Hashable {
        private enum Kind: Hashable {
            case all
            case some(host: String?, name: String?)
        }

        private let kind: Kind

        /// All instances, the living and the dead.
        public static let all = RedisInstanceFilter(kind: .all)

        /// The instances of a host, those of a name, or those of both: for a sidecar that shows its own app alone.
        ///
        /// What was archived of dead instances is no longer anybody's own, and is not shown.
        public static func instances(host: String? = nil, name: String? = nil) -> RedisInstanceFilter {
            RedisInstanceFilter(kind: .some(host: host, name: name))
        }

        /// Whether everything is shown, archives too.
        var isAll: Bool { kind == .all }

        /// Whether an instance is shown.
        func shows(_ id: String) -> Bool {
            switch kind {
            case .all: return true
            case .some(let host, let name):
                guard let instance = RedisInstance(id) else { return false }
                return (host ?? instance.host) == instance.host && (name ?? instance.name) == instance.name
            }
        }
    }
#endif
