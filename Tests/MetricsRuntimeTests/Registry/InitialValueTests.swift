import MetricsRuntime
import ProcessTesting
import Testing

@Suite("A gauge that is set before its series exists: no scrape sees a 0 that nobody set", .blocking)
struct InitialValueTests {
    private static let descriptor = MetricDescriptor(
        name: "level",
        documentation: "Level",
        type: .gauge,
        labels: [TestMetrics.open("key")],
        multiprocessMode: .min
    )

    @Test("New series are born with their value, in memory and in files", arguments: [true, false])
    func neverZero(isFileBacked: Bool) async throws {
        try await TemporaryFolder.withAsync { folder in
            let registry = MetricsRegistry(storage: isFileBacked ? .directory(folder) : .memory)
            let family = registry.family(for: Self.descriptor)
            let set: @Sendable () -> Void = {
                for index in 0..<3000 { GaugeChild(family._child1(0, "\(index)", initially: 7)).set(7) }
            }
            let scrape: @Sendable (Stop) -> Void = { stop in
                while !stop.isSet {
                    let values = registry.collect().families.first { $0.name == "level" }?.values ?? []
                    #expect(values.allSatisfy { $0 == 7 })
                }
            }
            await Threads.together([set], beside: [scrape])
            #expect(registry.collect().families.first { $0.name == "level" }?.values.count == 3000)
        }
    }

    @Test("A series that exists keeps its value; all numbers of labels work alike")
    func existing() {
        let registry = MetricsRegistry()
        for count in 0...5 {
            let labels = (0..<count).map { TestMetrics.open("l\($0)") }
            let descriptor = MetricDescriptor(
                name: "level_\(count)",
                documentation: "Level",
                type: .gauge,
                labels: labels
            )
            let family = registry.family(for: descriptor)
            let values = (0..<count).map { "v\($0)" }
            func child(_ value: Double) -> GaugeChild {
                switch count {
                case 0: GaugeChild(family._child0(0, initially: value))
                case 1: GaugeChild(family._child1(0, values[0], initially: value))
                case 2: GaugeChild(family._child2(0, values[0], values[1], initially: value))
                case 3: GaugeChild(family._child3(0, values[0], values[1], values[2], initially: value))
                case 4: GaugeChild(family._child4(0, values[0], values[1], values[2], values[3], initially: value))
                default: GaugeChild(family._childN(0, values, initially: value))
                }
            }
            #expect(child(3).value == 3)
            #expect(child(4).value == 3)
            #expect(registry.collect().families.first { $0.name == "level_\(count)" }?.values == [3])
        }
    }

    @Test("A kept child of a removed most recent gauge does not bring it back")
    func removedMostRecent() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            let family = registry.family(for: TestMetrics.gauge(.mostrecent))
            let kept = MostRecentGaugeChild(family._child0(0))
            kept.set(1)
            family._remove0(0)
            kept.set(2)
            let collector = MultiprocessCollector(directory: folder)
            #expect(collector.collect().families.first { $0.name == "level" }?.values ?? [] == [])
            MostRecentGaugeChild(family._child0(0)).set(3)
            kept.set(4)
            #expect(collector.collect().families.first { $0.name == "level" }?.values == [3])
            let theirs = PythonPeer.isPresent ? try PythonPeer.collect(folder) : "level 3.0\n"
            #expect(theirs.contains("level 3.0\n"))
        }
    }
}
