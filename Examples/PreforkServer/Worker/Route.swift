#if Server
    import NIOHTTP1

    /// What the example answers.
    ///
    /// The templates, not the paths, are what the metrics know requests by.
    enum Route: Sendable, Hashable {
        /// Answers at once.
        case fast
        /// Answers after a while; fails where the while is longer than ``slowLimit``.
        case slow(Duration)
        /// Fails in the way that is asked for.
        case fail(Failure)
        /// Answers with the body of the request.
        case echo
        /// Answers which worker it was.
        case worker
        /// The list of all these.
        case index
        /// There is nothing under that path.
        case unmatched

        /// The ways to fail, one for each type of error.
        enum Failure: String, Sendable, Hashable, CaseIterable {
            /// The application throws.
            case request
            /// Work is not done when its deadline passes.
            case timeout
            /// The system has not that much memory.
            case memory
            /// A computation takes more processor time than it may.
            case cpu
        }

        /// The longest time that `/slow` may take.
        static let slowLimit = Duration.seconds(5)
        /// The endpoint of a request that could not be read at all.
        static let unreadable = "unreadable"

        /// The route of a request's target, path and query.
        init(target: String) {
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            let path = parts[0]
            switch path {
            case "/": self = .index
            case "/fast": self = .fast
            case "/echo": self = .echo
            case "/worker": self = .worker
            case "/slow":
                let milliseconds = Self.parameter("milliseconds", in: parts.dropFirst().first ?? "").flatMap {
                    UInt32($0)
                }
                self = .slow(.milliseconds(milliseconds ?? 250))
            default:
                guard path.hasPrefix("/fail/"), let failure = Failure(rawValue: String(path.dropFirst(6))) else {
                    self = .unmatched
                    return
                }
                self = .fail(failure)
            }
        }

        /// The value of the label `endpoint`.
        var template: String {
            switch self {
            case .fast: "/fast"
            case .slow: "/slow"
            case .fail: "/fail/{kind}"
            case .echo: "/echo"
            case .worker: "/worker"
            case .index: "/"
            case .unmatched: "unmatched"
            }
        }

        /// The methods that the route answers; empty where it answers every method.
        var methods: [HTTPMethod] {
            switch self {
            case .echo: [.POST, .PUT]
            case .unmatched: []
            default: [.GET, .HEAD]
            }
        }

        private static func parameter(_ name: String, in query: Substring) -> Substring? {
            for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
                return pair.dropFirst(name.count + 1)
            }
            return nil
        }
    }
#endif
