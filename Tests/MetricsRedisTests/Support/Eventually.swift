#if Redis
    /// The condition did not come true in time.
    struct NeverHappened: Error, CustomStringConvertible {
        let description: String
    }

    /// Looks until there is a value; a deadline that only a failing test reaches ends the wait.
    @discardableResult
    func eventually<Value: Sendable>(
        _ what: String,
        within limit: Duration = .seconds(120),
        _ look: () async throws -> Value?
    ) async throws -> Value {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while true {
            if let value = try await look() { return value }
            guard clock.now < deadline else { throw NeverHappened(description: "never happened: \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
#endif
