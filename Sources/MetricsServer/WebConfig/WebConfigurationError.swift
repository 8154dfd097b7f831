/// Why a `web.config` file cannot be used.
public struct WebConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the file.
    public let path: String
    /// The line at fault, from 1; `nil` where it is the file as a whole.
    public let line: Int?
    /// The key at fault with the keys above it, such as `tls_server_config.key_file`; empty where there is none.
    public let key: String
    /// What is wrong and how to mend it.
    public let reason: String

    package init(path: String, line: Int? = nil, key: String = "", reason: String) {
        self.path = path
        self.line = line
        self.key = key
        self.reason = reason
    }

    /// The place and the reason in one line.
    public var description: String {
        let place = line.map { "\(path):\($0)" } ?? path
        return key.isEmpty ? "\(place): \(reason)" : "\(place): \(key): \(reason)"
    }
}
