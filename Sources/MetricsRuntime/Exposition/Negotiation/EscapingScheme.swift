/// How names that Prometheus' legacy character set does not have are written, as a scraper asks for it.
///
/// Every name that this package exposes is in the legacy set, where all schemes write the same. What was asked for is told
/// back in `Content-Type`, as scrapers expect.
public enum EscapingScheme: String, Sendable, Hashable, CaseIterable {
    /// Names as they are, in quotes.
    case allowUTF8 = "allow-utf-8"
    /// Each character that is not in the set becomes an underscore.
    case underscores
    /// Dots become `_dot_`, underscores are doubled.
    case dots
    /// Names become `U__` and the code points of their characters.
    case values
}
