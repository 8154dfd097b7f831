#if Redis
    import MetricsRuntime

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Who sends metrics: a host, an instance on it, and a start of that instance.
    ///
    /// Never a process id alone: containers share those. The text stands in Redis' keys, and as the label `pid` of
    /// gauges that are shown for each process.
    public struct RedisInstance: Sendable, Hashable, CustomStringConvertible {
        /// The host's or the pod's name.
        public let host: String
        /// What tells instances on a host apart; the process id where nothing else is given.
        public let name: String
        /// Which start of it: unique among all starts.
        public let start: String

        /// Creates an identity. Any text will do.
        public init(host: String, name: String, start: String) {
            self.host = host
            self.name = name
            self.start = start
        }

        /// The identity of this process, new at each call.
        ///
        /// - Parameters:
        ///   - host: The host; what the system calls it where none is given.
        ///   - name: The instance, such as the name of a replica; the process id where none is given.
        public static func current(host: String? = nil, name: String? = nil) -> RedisInstance {
            // Two network namespaces of a machine may share its name and both have a process 1: hence the random part.
            let random = String(UInt32.random(in: .min ... .max), radix: 36)
            let milliseconds = UInt64(SystemTime.unixSeconds() * 1000)
            return RedisInstance(
                host: host ?? hostName(),
                name: name ?? String(getpid()),
                start: String(milliseconds, radix: 36) + "-" + random
            )
        }

        /// Host, name and start with slashes between them; a slash, a blank or a `%` in them is escaped.
        public var description: String {
            [host, name, start].map(Self.escaped).joined(separator: "/")
        }

        /// Reads a description; `nil` where it is none.
        init?(_ description: String) {
            let parts = description.split(separator: "/", omittingEmptySubsequences: false).map(Self.unescaped)
            guard parts.count == 3 else { return nil }
            self.init(host: parts[0], name: parts[1], start: parts[2])
        }

        /// The same process under a new start: after it was taken for dead.
        func again(_ count: Int) -> RedisInstance {
            RedisInstance(host: host, name: name, start: "\(start.prefix { $0 != "." }).\(count)")
        }

        private static func escaped(_ text: String) -> String {
            RedisKeys.escaped(text) { $0 <= 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
        }

        private static func unescaped(_ text: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = text.utf8[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%"),
                    let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                {
                    bytes.append(code)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        private static func hostName() -> String {
            var buffer = [CChar](repeating: 0, count: 256)
            guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
            let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return bytes.isEmpty ? "localhost" : String(decoding: bytes, as: UTF8.self)
        }
    }
#endif
