#if Server
    import NIOSSL

    /// Reads a `web.config` file.
    struct WebConfigurationReader {
        let path: String
        /// Whether only this machine can reach the endpoint, so that passwords may go over plain HTTP.
        let isLocal: Bool
        var configuration = WebConfiguration()

        /// Reads the file and those that it names.
        static func read(_ path: String, isLocal: Bool) throws(WebConfigurationError) -> WebConfiguration {
            var reader = WebConfigurationReader(path: path, isLocal: isLocal)
            reader.configuration.files = [path]
            let file: ConfigurationFile
            do { file = try ConfigurationFile(path: path) } catch {
                throw WebConfigurationError(path: path, reason: "the file cannot be read: \(error)")
            }
            try reader.read(WebConfigurationNode.parse(file.bytes, path: path), file)
            return reader.configuration
        }

        private mutating func read(
            _ root: WebConfigurationNode,
            _ file: ConfigurationFile
        ) throws(WebConfigurationError) {
            let sections = try entries(
                root,
                known: ["tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"]
            )
            var acceptsHTTP2 = true
            if let section = sections["http_server_config"] { acceptsHTTP2 = try readHTTP(section) }
            if let section = sections["tls_server_config"], !section.isEmpty {
                var reader = TLSSectionReader(reader: self, file: file)
                configuration.tls = try reader.read(section, acceptsHTTP2: acceptsHTTP2)
                configuration.files += reader.files
            }
            if let section = sections["basic_auth_users"] { try readUsers(section) }
            if let section = sections["rate_limit"] { try readRateLimit(section) }
        }

        // MARK: Sections

        /// Returns whether HTTP/2 is wanted, where there is TLS.
        private mutating func readHTTP(_ section: WebConfigurationNode) throws(WebConfigurationError) -> Bool {
            let keys = try entries(section, known: ["http2", "headers"])
            let acceptsHTTP2 = try keys["http2"].map { node throws(WebConfigurationError) in try bool(node) } ?? true
            guard let headers = keys["headers"] else { return acceptsHTTP2 }
            for (name, node) in try pairs(headers) {
                guard let values = Self.headers[name] else {
                    throw error(
                        node,
                        "this header cannot be set; those that can are "
                            + Self.headers.keys.sorted().joined(separator: ", ")
                    )
                }
                let value = try text(node)
                guard values.isEmpty || values.contains(value) else {
                    throw error(node, "'\(value)' is none of its values: \(values.joined(separator: ", "))")
                }
                guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else {
                    throw error(node, "a header's value has characters from blank to ~ only")
                }
                configuration.headers.append((name, value))
            }
            return acceptsHTTP2
        }

        /// The headers that may be set; an empty list takes every value.
        private static let headers: [String: [String]] = [
            "Strict-Transport-Security": [], "X-Content-Type-Options": ["nosniff"],
            "X-Frame-Options": ["deny", "sameorigin"], "X-XSS-Protection": [], "Content-Security-Policy": [],
        ]

        private mutating func readUsers(_ section: WebConfigurationNode) throws(WebConfigurationError) {
            for (name, node) in try pairs(section) {
                let hash = try text(node)
                if let fault = BcryptHash.fault(in: hash) { throw error(node, fault) }
                guard !name.utf8.contains(UInt8(ascii: ":")) else {
                    throw error(node, "a user's name has no colon: a client cannot send one")
                }
                configuration.users[name] = hash
            }
            guard configuration.users.isEmpty || configuration.tls != nil || isLocal else {
                throw error(
                    section,
                    "without tls_server_config passwords would be readable for everybody on the way; add it, or listen on "
                        + "127.0.0.1 behind something that speaks TLS"
                )
            }
        }

        private mutating func readRateLimit(_ section: WebConfigurationNode) throws(WebConfigurationError) {
            let keys = try entries(section, known: ["interval", "burst"])
            var interval = Duration.zero
            if let node = keys["interval"] {
                guard let value = GoDuration.parse(try text(node)) else {
                    throw error(
                        node,
                        "this is no duration; write a number with ns, us, ms, s, m or h, such as 1s, or 0"
                    )
                }
                interval = value
            }
            var burst = 0
            if let node = keys["burst"] {
                guard let value = Int(try text(node)), value >= 0 else {
                    throw error(node, "this is no whole number from 0 up")
                }
                burst = value
            }
            if interval > .zero {
                configuration.rateLimit = WebConfiguration.RateLimit(interval: interval, burst: burst)
            }
        }

        // MARK: Values

        func error(_ node: WebConfigurationNode, _ reason: String) -> WebConfigurationError {
            WebConfigurationError(path: path, line: node.line, key: node.key, reason: reason)
        }

        /// The values of a mapping that may have these keys and no others.
        func entries(
            _ node: WebConfigurationNode,
            known: [String]
        ) throws(WebConfigurationError) -> [String: WebConfigurationNode] {
            var result: [String: WebConfigurationNode] = [:]
            for (name, value) in try pairs(node) {
                guard known.contains(name) else {
                    throw error(value, "there is no such key; there are \(known.joined(separator: ", "))")
                }
                if !value.isEmpty { result[name] = value }
            }
            return result
        }

        func pairs(_ node: WebConfigurationNode) throws(WebConfigurationError) -> [(String, WebConfigurationNode)] {
            switch node.content {
            case .empty: return []
            case .mapping(let entries): return entries.map { ($0.key, $0.value) }
            case .scalar, .sequence: throw error(node, "keys and values are wanted here")
            }
        }

        func text(_ node: WebConfigurationNode) throws(WebConfigurationError) -> String {
            switch node.content {
            case .empty: return ""
            case .scalar(let text): return text
            case .mapping, .sequence: throw error(node, "a single value is wanted here")
            }
        }

        func texts(_ node: WebConfigurationNode) throws(WebConfigurationError) -> [(String, WebConfigurationNode)] {
            switch node.content {
            case .empty: return []
            case .sequence(let items):
                var result: [(String, WebConfigurationNode)] = []
                for item in items { result.append((try text(item), item)) }
                return result
            case .scalar, .mapping: throw error(node, "a list is wanted here")
            }
        }

        func bool(_ node: WebConfigurationNode) throws(WebConfigurationError) -> Bool {
            switch try text(node) {
            case "true", "True", "TRUE": return true
            case "false", "False", "FALSE": return false
            case let other: throw error(node, "'\(other)' is neither true nor false")
            }
        }
    }

    extension WebConfigurationNode {
        var isEmpty: Bool {
            if case .empty = content { true } else { false }
        }
    }
#endif
