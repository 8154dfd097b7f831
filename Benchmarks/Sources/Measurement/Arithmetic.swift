internal import Synchronization

/// Plain arithmetic without memory: what threads that have nothing in common get done.
public enum Arithmetic {
    /// Keeps the optimiser from leaving it out.
    private static let sink = Atomic<UInt64>(0)

    @inline(never)
    private static func run(_ rounds: Int) {
        var (first, second, third, fourth): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        for round in 0..<UInt64(rounds) {
            first = first &* 3 ^ round
            second = second &+ first
            third = third &* 5 ^ round
            fourth = fourth &+ third
        }
        sink.store(first ^ second ^ third ^ fourth, ordering: .relaxed)
    }

    /// Whether two threads do at least 1.9 times as much as one now; false also where something kept them waiting.
    public static func scalesToTwoThreads(_ rounds: Int) -> Bool {
        guard let one = ThreadGroup.run(threads: 1, { run(rounds) }),
            let two = ThreadGroup.run(threads: 2, { run(rounds) })
        else { return false }
        return Double(one) * 2 >= Double(two) * 1.9
    }
}
