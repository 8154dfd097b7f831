/// How the values of one gauge in several processes become one exposition.
///
/// The names and meanings are those of Python's `prometheus_client`. A mode that begins with `live`
/// counts living processes only; the others keep what a dead process left.
public enum MultiprocessMode: String, Sendable, Hashable, CaseIterable {
    /// One sample for each process, living or dead, with a label `pid`.
    case all
    /// One sample for each living process, with a label `pid`.
    case liveall
    /// The smallest value.
    case min
    /// The smallest value of a living process.
    case livemin
    /// The largest value.
    case max
    /// The largest value of a living process.
    case livemax
    /// The sum of all values.
    case sum
    /// The sum over living processes.
    case livesum
    /// The value that was set last.
    case mostrecent
    /// The value that a living process set last.
    case livemostrecent

    /// Whether a dead process no longer counts.
    public var isLive: Bool {
        switch self {
        case .liveall, .livemin, .livemax, .livesum, .livemostrecent: true
        case .all, .min, .max, .sum, .mostrecent: false
        }
    }

    /// Whether each `set` stamps the time, so that the latest value wins.
    public var isMostRecent: Bool { self == .mostrecent || self == .livemostrecent }

    /// Whether each process keeps a sample of its own, told apart by the label `pid`.
    public var isPerProcess: Bool { self == .all || self == .liveall }
}
