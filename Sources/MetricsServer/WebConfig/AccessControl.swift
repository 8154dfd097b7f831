#if Server
    import Logging
    import MetricsRuntime
    import NIOCore
    import NIOHTTP1
    import NIOSSL

    /// Who may ask, by a `web.config` file that is read again when it or a file that it names changes.
    ///
    /// A file that cannot be used any more leaves what was read before in force, and is logged once for each state of it.
    final class AccessControl: Sendable {
        /// One state of the configuration, ready to be used.
        private struct Current {
            var configuration: WebConfiguration
            var tls: TLSContext?
            var limiter: RateLimiter?
        }

        private struct State {
            var current: Current
            var fingerprint: ConfigurationFile.Fingerprint
        }

        /// Whether connections are encrypted; fixed when the server starts, since it decides what clients must speak.
        let usesTLS: Bool

        private let path: String
        private let isLocal: Bool
        private let logger: Logger
        private let passwords = PasswordCheck()
        private let lock = Lock()
        private nonisolated(unsafe) var state: State

        /// Reads the file.
        ///
        /// - Parameters:
        ///   - path: The file's path.
        ///   - isLocal: Whether only this machine can reach the endpoint.
        ///   - logger: Told of changes.
        init(path: String, isLocal: Bool, logger: Logger) throws(WebConfigurationError) {
            self.path = path
            self.isLocal = isLocal
            self.logger = logger
            let current = try Self.read(path, isLocal: isLocal)
            usesTLS = current.tls != nil
            state = State(
                current: current,
                fingerprint: ConfigurationFile.Fingerprint(current.configuration.files)
            )
        }

        private static func read(_ path: String, isLocal: Bool) throws(WebConfigurationError) -> Current {
            let configuration = try WebConfigurationReader.read(path, isLocal: isLocal)
            guard configuration.users.isEmpty || PasswordCheck.isAvailable else {
                throw WebConfigurationError(
                    path: path,
                    key: "basic_auth_users",
                    reason: "this system has no library that knows bcrypt; use client certificates"
                )
            }
            var tls: TLSContext?
            if let section = configuration.tls {
                do { tls = try TLSContext(section) } catch {
                    throw WebConfigurationError(path: path, key: "tls_server_config", reason: "\(error)")
                }
            }
            return Current(
                configuration: configuration,
                tls: tls,
                limiter: configuration.rateLimit.map { RateLimiter($0) }
            )
        }

        /// What is in force now. Looks at the files' sizes and times, and reads them where those are not what they were.
        private func current() -> Current {
            lock.withLock {
                let found = ConfigurationFile.Fingerprint(state.current.configuration.files)
                guard found != state.fingerprint else { return state.current }
                // Whatever comes of it: the same files are not read again.
                state.fingerprint = found
                reload()
                return state.current
            }
        }

        private func reload() {
            do {
                var new = try Self.read(path, isLocal: isLocal)
                guard (new.tls != nil) == usesTLS else {
                    throw WebConfigurationError(
                        path: path,
                        key: "tls_server_config",
                        reason: "TLS cannot be turned on or off while the server runs; restart it"
                    )
                }
                // Changed certificates are no fresh start for somebody who asks too often.
                if new.configuration.rateLimit == state.current.configuration.rateLimit {
                    new.limiter = state.current.limiter
                }
                state = State(
                    current: new,
                    fingerprint: ConfigurationFile.Fingerprint(new.configuration.files)
                )
                logger.info("the web configuration has changed and is in force", metadata: ["path": "\(path)"])
            } catch {
                logger.error(
                    "the web configuration has changed and cannot be used; what was in force before still is",
                    metadata: ["path": "\(path)", "error": "\(error)"]
                )
            }
        }

        /// What encrypts a new connection; `nil` where it is not to be encrypted.
        func makeTLSHandler() -> NIOSSLServerHandler? {
            current().tls?.makeHandler()
        }

        /// Whether a request may be answered.
        enum Decision {
            /// With these headers added.
            case granted([(name: String, value: String)])
            case refused(MetricsResponse)
        }

        /// Decides on a request: by how many came before, and by its password.
        func check(_ head: HTTPRequestHead) async -> Decision {
            let current = current()
            let headers = current.configuration.headers
            func refused(_ status: Int, _ text: String, _ added: [(name: String, value: String)]) -> Decision {
                .refused(.text(status: status, text, headers: added + headers))
            }
            if let limiter = current.limiter, !limiter.admits() {
                return refused(429, "Too many requests.", [("Retry-After", "1")])
            }
            let users = current.configuration.users
            guard !users.isEmpty else { return .granted(headers) }
            if let header = head.headers.first(name: "Authorization"), let credentials = BasicCredentials(header) {
                switch await passwords.check(user: credentials.user, password: credentials.password, among: users) {
                case .right: return .granted(headers)
                case .wrong: break
                case .busy: return refused(503, "Too many passwords to check.", [("Retry-After", "1")])
                }
            }
            return refused(401, "Unauthorized.", [("WWW-Authenticate", "Basic")])
        }
    }
#endif
