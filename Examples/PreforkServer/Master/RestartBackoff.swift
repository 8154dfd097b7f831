/// How long the place of a worker stays empty after it ended by itself.
///
/// The first end after a quiet time is mended at once. A worker that goes on ending soon after its start is started
/// again after a time that doubles with each end, so that a broken worker does not keep the machine busy.
struct RestartBackoff: Sendable, Hashable {
    /// The pause after the second end in a row.
    var base: Duration = .milliseconds(100)
    /// The longest pause.
    var limit: Duration = .seconds(10)
    /// A worker that lived as long as this has proven that it works: its end begins a new row.
    var provenAfter: Duration = .seconds(10)

    /// How many ends there are in a row once a worker of that age has ended.
    func row(after row: Int, age: Duration) -> Int {
        age >= provenAfter ? 1 : row + 1
    }

    /// The pause after so many ends in a row.
    func delay(afterEnds row: Int) -> Duration {
        guard row > 1 else { return .zero }
        var delay = base
        for _ in 2..<row {
            guard delay < limit else { break }
            delay *= 2
        }
        return min(delay, limit)
    }
}
