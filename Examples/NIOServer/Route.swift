#if Server
    /// What the example answers. Metrics know requests by the templates, never by their paths.
    enum Route: Equatable {
        /// A greeting.
        case hello(name: String)
        /// The request's body.
        case echo
        /// There is nothing.
        case unmatched

        /// The route of a request's target.
        init(target: String) {
            let path = target.prefix { $0 != "?" }
            let parts = path.split(separator: "/", omittingEmptySubsequences: true)
            switch (parts.first, parts.count) {
            case ("hello", 2): self = .hello(name: String(parts[1]))
            case ("echo", 1): self = .echo
            default: self = .unmatched
            }
        }

        /// The value of the label `route`.
        var template: String {
            switch self {
            case .hello: "/hello/{name}"
            case .echo: "/echo"
            case .unmatched: "unmatched"
            }
        }
    }
#endif
