#if Redis
    import MetricsRuntime

    /// Why something was not done in Redis.
    public struct RedisError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The kinds of reasons. More may come.
        public struct Code: Sendable, Hashable, CustomStringConvertible {
            private enum Kind: String {
                case configuration, unreachable, tls, login, timeout, closed, full, format, busy, moved, refused
                case violation = "protocol"
            }

            private let kind: Kind

            /// A file or name in the settings cannot be used.
            public static let configuration = Code(kind: .configuration)
            /// No connection came about.
            public static let unreachable = Code(kind: .unreachable)
            /// The encrypted connection failed, or the server's certificate is not to be trusted.
            public static let tls = Code(kind: .tls)
            /// User and password are wrong, or the user may not do what is needed.
            public static let login = Code(kind: .login)
            /// No answer came in time.
            public static let timeout = Code(kind: .timeout)
            /// The connection ended before the answer.
            public static let closed = Code(kind: .closed)
            /// Redis has reached its `maxmemory`, or its disk is full.
            public static let full = Code(kind: .full)
            /// The keys are of a format that this version does not know.
            public static let format = Code(kind: .format)
            /// Redis is loading, runs a long script, or is a replica without a master.
            public static let busy = Code(kind: .busy)
            /// The keys live on another node of a Redis Cluster.
            public static let moved = Code(kind: .moved)
            /// Redis refused for another reason, which it says.
            public static let refused = Code(kind: .refused)
            /// What answers does not speak Redis' protocol.
            public static let violation = Code(kind: .violation)

            /// The code's name, meant as the value of a label.
            public var description: String { kind.rawValue }
        }

        /// The kind of reason.
        public let code: Code
        /// Which Redis: host and port, or the path of a socket.
        public let server: String
        /// More words, such as what Redis said. Holds no password.
        public let detail: String

        init(_ code: Code, server: RedisSettings.Address, _ detail: String = "") {
            self.code = code
            self.server = server.description
            self.detail = detail
        }

        /// What Redis said no with.
        init(refusal: String, server: RedisSettings.Address) {
            let word = refusal.prefix { $0 != " " }
            let code: Code =
                switch word {
                case "OOM", "MISCONF": .full
                case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED": .login
                case "LOADING", "BUSY", "MASTERDOWN", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS": .busy
                case "MOVED", "ASK": .moved
                case "ERR" where refusal.contains("invalid password") || refusal.contains("AUTH"): .login
                default: .refused
                }
            self.init(code, server: server, refusal)
        }

        /// What is wrong, with which server, and how to mend it, in one line.
        public var description: String {
            let detail = detail.isEmpty ? "" : " (\(detail))"
            return "Redis at \(server) \(reason)\(detail); \(remedy)"
        }

        private var reason: String {
            switch code {
            case .configuration: "cannot be used with these settings"
            case .unreachable: "cannot be reached"
            case .tls: "cannot be reached over TLS"
            case .login: "does not let this client in"
            case .timeout: "did not answer in time"
            case .closed: "closed the connection"
            case .full: "has no room"
            case .format: "holds metrics in a format that this version does not know"
            case .busy: "is not ready"
            case .moved: "does not hold these keys"
            case .violation: "does not speak Redis' protocol"
            default: "refused"
            }
        }

        private var remedy: String {
            switch code {
            case .configuration: "correct the settings"
            case .unreachable, .closed: "see that it runs, and that the address is right"
            case .tls:
                "see that it speaks TLS, that its certificate names this host, and that ssl_ca_certs holds its authority"
            case .login: "give a user and a password that may run the commands that the documentation lists"
            case .timeout: "look for slow commands in its SLOWLOG, or allow more time"
            case .full: "raise its maxmemory or give its disk room"
            case .format: "update this program, or use another key prefix"
            case .busy: "wait, or connect to the master"
            case .moved: "connect to the node that is named"
            case .violation: "see that the port is that of Redis, and whether it wants TLS (rediss://)"
            default: "look at what it says"
            }
        }
    }
#endif
