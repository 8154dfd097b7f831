import Testing

@testable import PreforkServer

@Suite("Pauses before a restart")
struct RestartBackoffTests {
    private let backoff = RestartBackoff(base: .milliseconds(100), limit: .seconds(10), provenAfter: .seconds(10))

    @Test("none at first, then doubled with each end in a row, up to the limit")
    func delays() {
        let delays = (1...10).map { backoff.delay(afterEnds: $0) / .milliseconds(1) }
        #expect(delays == [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
    }

    @Test("an endless row neither overflows nor takes long")
    func endless() {
        #expect(backoff.delay(afterEnds: .max) == .seconds(10))
        #expect(backoff.delay(afterEnds: 0) == .zero)
    }

    @Test("a worker that has proven itself begins a new row")
    func rows() {
        #expect(backoff.row(after: 0, age: .zero) == 1)
        #expect(backoff.row(after: 4, age: .seconds(9)) == 5)
        #expect(backoff.row(after: 4, age: .seconds(10)) == 1)
    }
}
