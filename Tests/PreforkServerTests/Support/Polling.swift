/// A condition that did not come true in time.
struct PollTimedOut: Error, CustomStringConvertible {
    let what: String

    var description: String { "waited in vain for \(what)" }
}

/// Asks again and again until there is an answer.
///
/// - Parameters:
///   - what: What is waited for, for the error.
///   - limit: After how long to give up; far more than it takes on a slow machine.
@discardableResult
func poll<Answer>(
    _ what: String,
    within limit: Duration = .seconds(300),
    _ question: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
        if let answer = try await question() { return answer }
        guard ContinuousClock.now < deadline else { throw PollTimedOut(what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
