import CForkProbe
import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A tree of processes that fork, count, make series, scrape and die in an order that a seed decides.
///
/// Each process notes what it counted in a file before it ends; at last the directory must say the same.
enum ForkStress {
    private static let keys = 12
    /// How many generations there are beside the first process, and how many children each has at most: seven
    /// processes in all.
    private static let deepest = 2
    private static let mostChildren = 2

    final class Scene {
        let registry: MetricsRegistry
        let log: Int32
        var kept: [(key: Int, child: CounterChild)] = []
        var counted = [Double](repeating: 0, count: keys)
        var random: Random
        let depth: Int

        init(registry: MetricsRegistry, log: Int32, random: Random, depth: Int) {
            self.registry = registry
            self.log = log
            self.random = random
            self.depth = depth
        }

        var family: _MetricFamilyHandle { registry.family(for: ProbeMetrics.counter) }

        /// What a process does between its birth and its death.
        func live() {
            var children: [Int32] = []
            for _ in 0..<20 + random.below(30) {
                let amount = Double(1 + random.below(9))
                switch random.below(10) {
                case 0...4:
                    guard !kept.isEmpty else { continue }
                    let (key, child) = kept[random.below(kept.count)]
                    child.inc(by: amount)
                    counted[key] += amount
                case 5, 6:
                    let key = random.below(keys)
                    let series = family._child1(0, "key-\(key)")
                    if random.below(3) == 0 { series.record._makeShard() }
                    let child = CounterChild(series)
                    child.inc(by: amount)
                    counted[key] += amount
                    kept.append((key, child))
                case 7:
                    // Enough of them that files grow now and then.
                    for _ in 0..<random.below(40) { _ = family._child1(0, "filler \(random.below(4000))") }
                case 8 where depth < deepest && children.count < mostChildren:
                    children.append(fork())
                default:
                    if random.below(3) == 0 { _ = registry.collect() }
                }
            }
            for child in children {
                let status = fork_probe_wait(child)
                // Half of them end themselves by this signal, when all is noted.
                ForkProbe.check(status == 0 || status == 128 + SIGKILL, "a child ended with \(status)")
            }
            // A process that only used what it kept has its values in private memory until it calls something.
            do throws(MetricsStorageError) { try registry.prepare() } catch { ForkProbe.fail("\(error)") }
            note()
        }

        private func fork() -> Int32 {
            let scene = Scene(registry: registry, log: log, random: Random(state: random.next()), depth: depth + 1)
            scene.kept = kept
            return fork_probe_run(
                { context in
                    guard let context else { return 2 }
                    let scene = Unmanaged<Scene>.fromOpaque(context).takeUnretainedValue()
                    scene.live()
                    // As an out-of-memory killer would, or by itself.
                    if scene.random.below(2) == 0 { kill(getpid(), SIGKILL) }
                    return 0
                },
                Unmanaged.passRetained(scene).toOpaque()
            )
        }

        private func note() {
            let line = counted.map { "\(Int($0))" }.joined(separator: " ") + "\n"
            ForkProbe.check(write(log, line, line.utf8.count) == line.utf8.count, "the note was not written")
        }
    }

    /// SplitMix64, by Steele, Lea and Flood (2014).
    struct Random {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }

        mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
    }

    static func run(directory: String, seed: Int) {
        let path = directory + "/counted.log"
        let log = open(path, O_RDWR | O_CREAT | O_APPEND, 0o600)
        let registry = ForkProbe.registry(directory)
        Scene(registry: registry, log: log, random: Random(state: UInt64(bitPattern: Int64(seed))), depth: 0).live()

        // Each process noted its line, whatever end it took.
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let length = pread(log, &bytes, bytes.count, 0)
        var expected = [Double](repeating: 0, count: keys)
        for line in String(decoding: bytes.prefix(max(length, 0)), as: UTF8.self).split(separator: "\n") {
            for (key, number) in line.split(separator: " ").enumerated() { expected[key] += Double(number) ?? .nan }
        }
        let snapshot = registry.collect()
        for (key, value) in expected.enumerated() {
            let found = snapshot.value("probe_total{key=\"key-\(key)\"}") ?? 0
            ForkProbe.check(found == value, "key-\(key) is \(found), not \(value)")
        }
        print("ok")
    }
}
