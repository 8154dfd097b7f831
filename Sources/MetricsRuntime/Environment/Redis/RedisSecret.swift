/// A password: compared and sent, but never shown.
///
/// Its descriptions and its reflection say `<redacted>`, so that no log, error or dump of what holds it gives it away.
public struct RedisSecret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// The password in clear text; keep it out of logs.
    public let clearText: String

    /// Hides a text.
    public init(_ clearText: String) {
        self.clearText = clearText
    }

    /// Always `<redacted>`.
    public var description: String { "<redacted>" }
    /// Always `<redacted>`.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
