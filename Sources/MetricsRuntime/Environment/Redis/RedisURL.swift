/// Why a text is not the URL of a Redis. Quotes nothing of the URL, which may hold a password.
public struct RedisURLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let reason: String

    /// What is wrong, and what a URL looks like.
    public var description: String { "the Redis URL \(reason); \(Self.remedy)" }

    static let remedy =
        "write it as redis://user:password@host:6379/0, rediss://… for TLS, or unix:///path/of/socket?db=0, with "
        + "%-escapes for special characters in user and password"
}

extension RedisSettings {
    /// Reads a URL, of the forms that Python's redis-py takes.
    ///
    /// `redis://[[user]:password@]host[:port][/database]`, `rediss://` for TLS, `unix://[[user]:password@]/path`.
    /// Query items: `db`; with TLS `ssl_ca_certs`, `ssl_certfile`, `ssl_keyfile` (paths of PEM files) and
    /// `ssl_cert_reqs` (`required`, or `none` for no check).
    ///
    /// - Parameters:
    ///   - url: The URL.
    ///   - password: The password where the URL has none, so that URLs may stand where others see them.
    /// - Throws: What is wrong, without the URL's text.
    public init(url: String, password: RedisSecret? = nil) throws(RedisURLError) {
        guard let colon = url.utf8.firstRange(of: Array("://".utf8)) else {
            throw RedisURLError(reason: "has no scheme")
        }
        self.init()
        let scheme = url[..<colon.lowerBound].lowercased()
        var rest = url[colon.upperBound...]
        if rest.utf8.contains(UInt8(ascii: "#")) { throw RedisURLError(reason: "has a fragment (#…)") }
        var query: Substring = ""
        if let mark = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<slash]
        let path = rest[slash...]
        // The last one: a password may hold an unescaped @.
        if let at = authority.lastIndex(of: "@") {
            try setLogin(authority[..<at])
            authority = authority[authority.index(after: at)...]
        }
        switch scheme {
        case "redis", "rediss":
            if scheme == "rediss" { tls = TLS() }
            address = try Self.address(authority)
            if path.count > 1 { try setDatabase(path.dropFirst(), from: "path") }
        case "unix", "redis+unix", "redis-socket":
            guard authority.isEmpty || authority == "localhost" else {
                throw RedisURLError(reason: "names a host in front of a socket's path")
            }
            let path = try Self.decoded(path, of: "path")
            guard path.count > 1 else { throw RedisURLError(reason: "names no socket") }
            address = .unixSocket(path: path)
        default:
            throw RedisURLError(reason: "has a scheme that is none of redis, rediss and unix")
        }
        for item in query.split(separator: "&") { try apply(item) }
        self.password = self.password ?? password
        // It may well be a password that stands in the wrong place.
        if user != nil, self.password == nil { throw RedisURLError(reason: "names a user without a password") }
        if (tls?.certificateFile == nil) != (tls?.keyFile == nil) {
            throw RedisURLError(reason: "names one of ssl_certfile and ssl_keyfile without the other")
        }
    }

    private mutating func setLogin(_ text: Substring) throws(RedisURLError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = try Self.decoded(parts[0], of: "user")
        user = name.isEmpty ? nil : name
        if parts.count == 2, !parts[1].isEmpty {
            password = RedisSecret(try Self.decoded(parts[1], of: "password"))
        }
    }

    private static func address(_ text: Substring) throws(RedisURLError) -> Address {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw RedisURLError(reason: "has no ] after its [") }
            host = text[text.index(after: text.startIndex)..<end]
            let behind = text[text.index(after: end)...]
            guard behind.isEmpty || behind.hasPrefix(":") else {
                throw RedisURLError(reason: "has something between its ] and the port")
            }
            port = behind.isEmpty ? nil : behind.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        let name = try decoded(host, of: "host")
        if !name.isEmpty, EndpointAddress.fault(in: name) != nil {
            throw RedisURLError(reason: "has a host that is no host name or IP address (IPv6 needs brackets)")
        }
        guard let port else { return .tcp(host: name.isEmpty ? "127.0.0.1" : name, port: defaultPort) }
        guard let number = RedisVariables.wholeNumber(port), (1...65535).contains(number) else {
            throw RedisURLError(reason: "has a port that is not a whole number from 1 to 65535")
        }
        return .tcp(host: name.isEmpty ? "127.0.0.1" : name, port: number)
    }

    private mutating func setDatabase(_ text: Substring, from place: String) throws(RedisURLError) {
        guard let number = RedisVariables.wholeNumber(text), number <= Int(Int32.max) else {
            throw RedisURLError(reason: "has a database in its \(place) that is not a whole number")
        }
        database = number
    }

    private mutating func apply(_ item: Substring) throws(RedisURLError) {
        let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let value = parts.count == 2 ? try Self.decoded(parts[1], of: "query") : ""
        if name == "db" { return try setDatabase(value[...], from: "query") }
        guard ["ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs"].contains(name) else {
            throw RedisURLError(
                reason: "has a query item that is none of db, ssl_ca_certs, ssl_certfile, ssl_keyfile "
                    + "and ssl_cert_reqs"
            )
        }
        guard tls != nil else { throw RedisURLError(reason: "has \(name), but its scheme is not rediss") }
        guard !value.isEmpty else { throw RedisURLError(reason: "has \(name) without a value") }
        switch (name, value) {
        case ("ssl_ca_certs", _): tls?.authoritiesFile = value
        case ("ssl_certfile", _): tls?.certificateFile = value
        case ("ssl_keyfile", _): tls?.keyFile = value
        case (_, "required"): tls?.verifiesServer = true
        case (_, "none"): tls?.verifiesServer = false
        default: throw RedisURLError(reason: "has an ssl_cert_reqs that is neither required nor none")
        }
    }

    /// A part of a URL without its %-escapes.
    private static func decoded(_ text: Substring, of part: String) throws(RedisURLError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                throw RedisURLError(reason: "has a % in its \(part) that two hexadecimal digits don't follow")
            }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), !decoded.utf8.contains(0) else {
            throw RedisURLError(reason: "has bytes in its \(part) that are not text")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
