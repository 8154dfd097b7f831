#if Redis
    import Foundation
    import MetricsRuntime
    import Testing

    @testable import MetricsRedis

    /// The same updates to files and to Redis give the same exposition, for instances living and dead.
    @Suite("Redis and files", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct MergePropertyTests {
        /// One process, twice: with files, and with Redis.
        private final class Pair {
            var files: MetricsRegistry?
            let instance: Instance
            let identity: RedisInstance

            init(folder: String, settings: RedisSettings, number: Int) {
                files = MetricsRegistry(storage: .directory(folder))
                // Alike in order to the slots, which are taken in turn.
                identity = RedisInstance(host: "h", name: "\(number)", start: "s")
                instance = Instance(settings, as: identity)
            }

            func update(_ body: (MetricsRegistry) -> Void) {
                if let files { body(files) }
                body(instance.registry)
            }
        }

        private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

        @Test("agree", arguments: 0..<(isLong ? 100 : 12))
        func agree(seed: UInt64) async throws {
            var random = SeededGenerator(seed: seed)
            let server = try await RedisServer()
            let folder = try TestFolder()
            var pairs = (0..<4).map { Pair(folder: folder.path, settings: server.settings, number: $0) }
            // Takes the slots in their order.
            for pair in pairs { try pair.files?.prepare() }
            let collector = RedisCollector(settings: server.settings)
            let directory = MultiprocessCollector(directory: folder.path)
            var clock = 1.7e9
            for _ in 0..<6 {
                for _ in 0..<Int.random(in: 5...60, using: &random) {
                    guard let pair = pairs.randomElement(using: &random) else { break }
                    clock += 1
                    let update = Self.update(&random, clock)
                    pair.update(update)
                }
                if pairs.count > 1, Bool.random(using: &random) {
                    let dead = pairs.remove(at: Int.random(in: 0..<pairs.count, using: &random))
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0:
                        try await dead.instance.running {}
                    case 1:
                        // Killed after its last batch, and nobody archived it yet.
                        try await dead.instance.publisher.publish()
                        try await server.command("DEL", RedisKeys(prefix: "gunicorn").lease("\(dead.identity)"))
                    default:
                        try await dead.instance.publisher.publish()
                        try await server.command("DEL", RedisKeys(prefix: "gunicorn").lease("\(dead.identity)"))
                        try await RedisArchivist(server.settings).reap()
                    }
                    dead.files = nil
                }
                for pair in pairs { try await pair.instance.publisher.publish() }
                let ours = Self.normalised(try await collector.collect())
                let theirs = Self.normalised(directory.collect())
                #expect(ours == theirs)
            }
        }

        /// Families, types, help and samples; without an order, and with the places of processes in `pid`.
        private static func normalised(_ snapshot: MetricSnapshot) -> [String] {
            var snapshot = snapshot
            snapshot.families.removeAll { $0.name.hasPrefix("metrics_") }
            let text = String(decoding: ExpositionFormat.text.encode(snapshot), as: UTF8.self)
            return text.split(separator: "\n").map { String($0) }.map { line in
                line.replacing("pid=\"swift-", with: "pid=\"").replacing(/pid="h\/(\d+)\/s"/) { "pid=\"\($0.1)\"" }
            }.sorted()
        }

        private static func update(
            _ random: inout SeededGenerator,
            _ clock: Double
        ) -> (MetricsRegistry) -> Void {
            let label = ["", "a", "b\n\"\\", "ü"].randomElement(using: &random) ?? ""
            // Sums of quarters are exact in any order.
            let amount = Double(Int.random(in: 0...80, using: &random)) / 4
            switch Int.random(in: 0..<7, using: &random) {
            case 0:
                return {
                    CounterChild($0.family(for: Instance.descriptor("c_total", .counter))._child1(0, label)).inc(
                        by: amount
                    )
                }
            case 1:
                return {
                    HistogramChild($0.family(for: Instance.descriptor("h", .histogram))._child1(0, label)).observe(
                        amount
                    )
                }
            case 2:
                return {
                    SummaryChild($0.family(for: Instance.descriptor("s", .summary))._child1(0, label)).observe(amount)
                }
            case 3:
                let type: MetricType = Bool.random(using: &random) ? .unknown : .info
                return {
                    var descriptor = Instance.descriptor("t_\(type.rawValue)", type)
                    descriptor.unit = type == .unknown ? "quarters" : ""
                    UnknownChild($0.family(for: descriptor)._child1(0, label)).set(type == .info ? 1 : amount)
                }
            default:
                let mode = MultiprocessMode.allCases.randomElement(using: &random) ?? .all
                let value = Bool.random(using: &random) ? amount : -amount
                return { registry in
                    let series = registry.family(for: Instance.descriptor("g_\(mode.rawValue)", .gauge, mode))._child1(
                        0,
                        label
                    )
                    if mode.isMostRecent {
                        // Both sides get the same time.
                        series.record.pointee.cell._set(value, at: clock)
                    } else {
                        GaugeChild(series).set(value)
                    }
                }
            }
        }
    }
#endif
