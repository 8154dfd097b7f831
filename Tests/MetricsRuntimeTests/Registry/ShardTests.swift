import Foundation
import MetricsRuntime
import Synchronization
import Testing

/// `LONG=1` counts ten million times a thread.
///
/// One after the other: the numbers of threads, of which a shard needs one, are the process's, and one test takes them all.
/// What becomes of a thread that is stopped stands in `ShardTests+StoppedThreads.swift`.
@Suite("Shards: threads that meet often count apart, and readers see one series", .serialized)
struct ShardTests {
    private static let perThread = ProcessInfo.processInfo.environment["LONG"] == "1" ? 10_000_000 : 50_000
    private static let observed = [0.05, 0.5, 5, 50]

    /// One series of each type that has shards; does not keep their registry.
    struct Series: Sendable {
        let counter: _SeriesHandle
        let histogram: _SeriesHandle
        let summary: _SeriesHandle

        /// Shards of this thread for each series; whether there was room for them.
        @discardableResult
        func makeShards() -> Bool {
            [counter, histogram, summary].allSatisfy { $0.record._makeShard() != nil }
        }

        func count(_ times: Int) {
            let (counter, histogram) = (CounterChild(counter), HistogramChild(histogram))
            let summary = SummaryChild(summary)
            for index in 0..<times {
                counter.inc()
                histogram.observe(ShardTests.observed[index % 4])
                summary.observe(2)
            }
        }
    }

    struct Scene: Sendable {
        let registry: MetricsRegistry
        let series: Series

        init(_ storage: MetricsStorageLocation) {
            registry = MetricsRegistry(storage: storage)
            series = Series(
                counter: registry.family(for: TestMetrics.counter())._child0(0),
                histogram: registry.family(for: TestMetrics.histogram())._child0(0),
                summary: registry.family(for: TestMetrics.summary)._child0(0)
            )
        }

        /// Expects that so many updates are there, a multiple of four, in the children and in an exposition.
        func expect(_ times: Int, sourceLocation: SourceLocation = #_sourceLocation) {
            let total = Double(times)
            let sum = ShardTests.observed.reduce(0, +) * total / 4
            let (histogram, summary) = (HistogramChild(series.histogram), SummaryChild(series.summary))
            #expect(CounterChild(series.counter).value == total, sourceLocation: sourceLocation)
            #expect(histogram.count == total, sourceLocation: sourceLocation)
            #expect(abs(histogram.sum - sum) < 1e-6 * max(sum, 1), sourceLocation: sourceLocation)
            #expect(summary.count == total && summary.sum == 2 * total, sourceLocation: sourceLocation)
            let snapshot = registry.collect()
            #expect(snapshot.value("jobs_total") == total, sourceLocation: sourceLocation)
            for (place, bound) in ["0.1", "1.0", "10.0", "+Inf"].enumerated() {
                let bucket = snapshot.value("wait_seconds_bucket{le=\"\(bound)\"}")
                #expect(bucket == total * Double(place + 1) / 4, sourceLocation: sourceLocation)
            }
            #expect(snapshot.value("wait_seconds_count") == total, sourceLocation: sourceLocation)
            #expect(snapshot.value("size_bytes_count") == total, sourceLocation: sourceLocation)
            #expect(snapshot.value("size_bytes_sum") == 2 * total, sourceLocation: sourceLocation)
        }
    }

    static func withScene(
        _ inFiles: Bool,
        _ body: (Scene, _ folder: String) async throws -> Void
    ) async throws {
        try await TemporaryFolder.withAsync { folder in
            try await body(Scene(inFiles ? .directory(folder) : .memory), folder)
        }
    }

    @Test("Eight threads lose nothing, with shards and without; Python adds them up", arguments: [false, true])
    func exact(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, folder in
            await Threads.together(
                (0..<8).map { thread in
                    {
                        // The others get theirs once they have met often, or none.
                        if thread % 2 == 0 { scene.series.makeShards() }
                        scene.series.count(Self.perThread)
                    }
                }
            )
            #expect(scene.series.counter.record._shardCount >= 1)
            scene.expect(8 * Self.perThread)
            guard inFiles, PythonPeer.isPresent else { return }
            let total = Double(8 * Self.perThread)
            // Python has another spelling of large numbers.
            let lines = ExpositionLines.normalised(try PythonPeer.collect(folder))
            #expect(lines.contains("jobs_total \(total)"), "\(lines)")
            #expect(lines.contains("wait_seconds_bucket{le=\"1.0\"} \(total / 2)"), "\(lines)")
            #expect(lines.contains("wait_seconds_count \(total)"), "\(lines)")
            #expect(lines.contains("size_bytes_sum \(2 * total)"), "\(lines)")
        }
    }

    @Test("Every scrape of a histogram that eight threads observe has rising buckets that end in its count")
    func coherent() async throws {
        for inFiles in [false, true] {
            try await Self.withScene(inFiles) { scene, _ in
                let bodies: [@Sendable () -> Void] = (0..<8).map { thread in
                    {
                        if thread % 2 == 0 { scene.series.makeShards() }
                        scene.series.count(Self.perThread)
                    }
                }
                await Threads.together(bodies, beside: [{ Self.scrape(scene.registry, until: $0) }])
                scene.expect(8 * Self.perThread)
            }
        }
    }

    private static func scrape(_ registry: MetricsRegistry, until stop: Stop) {
        var last = 0.0
        repeat {
            let snapshot = registry.collect()
            let bounds = ["0.1", "1.0", "10.0", "+Inf"]
            let buckets = bounds.map { snapshot.value("wait_seconds_bucket{le=\"\($0)\"}") ?? 0 }
            let count = snapshot.value("wait_seconds_count") ?? 0
            #expect(buckets == buckets.sorted() && buckets[3] == count, "\(buckets) and \(count)")
            #expect(count >= last)
            last = count
        } while !stop.isSet
    }

    @Test("Threads that end give their shards to the next ones", arguments: [false, true])
    func threadsThatEnd(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, _ in
            for _ in 0..<200 {
                await Threads.together([
                    {
                        #expect(scene.series.makeShards())
                        scene.series.count(4)
                    }
                ])
            }
            scene.expect(800)
            #expect(scene.series.counter.record._shardCount <= 64)
        }
    }

    @Test("More threads than there are numbers for share what is there", arguments: [false, true])
    func manyThreads(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, _ in
            let gate = Gate(count: 80)
            let bodies: [@Sendable () -> Void] = (0..<80).map { _ in
                {
                    scene.series.makeShards()
                    gate.pass()
                    scene.series.count(400)
                }
            }
            await Threads.together(bodies)
            scene.expect(80 * 400)
            #expect(scene.series.histogram.record._shardCount <= 64)
        }
    }

    /// Lets threads go on once all have come.
    private final class Gate: Sendable {
        private let missing: Atomic<Int>

        init(count: Int) { missing = Atomic(count) }

        func pass() {
            missing.subtract(1, ordering: .acquiringAndReleasing)
            while missing.load(ordering: .acquiring) > 0 { sched_yield() }
        }
    }

    @Test("A removed series takes its shards with it, and begins again at zero", arguments: [false, true])
    func removal(inFiles: Bool) async throws {
        try await Self.withScene(inFiles) { scene, _ in
            scene.series.makeShards()
            scene.series.count(4)
            let families = [TestMetrics.counter(), TestMetrics.histogram(), TestMetrics.summary]
            for family in families { scene.registry.family(for: family)._remove0(0) }
            scene.series.count(4)
            await Threads.together([{ #expect(!scene.series.makeShards()) }])
            let snapshot = scene.registry.collect()
            #expect(snapshot.value("jobs_total") == nil)
            #expect(snapshot.value("wait_seconds_count") == nil)
            #expect(snapshot.value("size_bytes_sum") == nil)
            CounterChild(scene.registry.family(for: TestMetrics.counter())._child0(0)).inc()
            #expect(scene.registry.collect().value("jobs_total") == 1)
        }
    }

    @Test("The next owner of a slot goes on where shards ended, in one entry a key")
    func adoption() async throws {
        try await TemporaryFolder.withAsync { folder in
            for round in 1...3 {
                let scene = Scene(.directory(folder))
                let series = scene.series
                await Threads.together(
                    (0..<3).map { _ in
                        {
                            series.makeShards()
                            series.count(400)
                        }
                    }
                )
                // Children go on in the cells that they adopt, so they see what the folding made of the shards.
                scene.expect(1200 * round)
            }
            let next = MetricsRegistry(storage: .directory(folder))
            _ = next.family(for: TestMetrics.counter())._child0(0)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/counter_swift-0.db"))
            #expect(bytes.ranges(of: Data("\"jobs_total\"".utf8)).count == 1)
            guard PythonPeer.isPresent else { return }
            let text = try PythonPeer.collect(folder)
            #expect(text.contains("jobs_total 3600.0\n"), "\(text)")
        }
    }

    @Test("A file that somebody removes comes back with what shards hold, exactly")
    func removedFiles() async throws {
        try await Self.withScene(true) { scene, folder in
            scene.series.makeShards()
            for round in 1...20 {
                scene.series.count(40)
                for kind in ["counter", "histogram", "summary"] { unlink("\(folder)/\(kind)_swift-0.db") }
                scene.series.count(40)
                scene.expect(80 * round)
            }
            guard PythonPeer.isPresent else { return }
            let text = try PythonPeer.collect(folder)
            #expect(text.contains("jobs_total 1600.0\n"), "\(text)")
        }
    }

    @Test("A file that somebody cuts short gets back what shards and histograms count", arguments: [0, 100])
    func cutFiles(length: off_t) async throws {
        try await Self.withScene(true) { scene, folder in
            scene.series.makeShards()
            scene.series.count(40)
            truncate("\(folder)/histogram_swift-0.db", length)
            truncate("\(folder)/summary_swift-0.db", length)
            scene.series.count(40)
            scene.expect(80)
        }
    }

    @Test("A counter that is reset has the value of nothing but what comes after")
    func reset() async throws {
        try await Self.withScene(true) { scene, _ in
            scene.series.makeShards()
            scene.series.count(4)
            scene.series.counter.record._setTotal(0)
            #expect(CounterChild(scene.series.counter).value == 0)
            CounterChild(scene.series.counter).inc(by: 3)
            #expect(scene.registry.collect().value("jobs_total") == 3)
        }
    }
}
