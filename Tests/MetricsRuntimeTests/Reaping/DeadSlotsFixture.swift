import Foundation
import MetricsRuntime

/// Slots whose owners are gone, with files of every kind.
enum DeadSlotsFixture {
    /// Leaves that many slots behind; each counted 1 in `key="k"` and its own number in `key="own …"`.
    static func leave(_ count: Int, in folder: String) {
        var registries: [MetricsRegistry] = []
        for number in 0..<count {
            let registry = MetricsRegistry(storage: .directory(folder))
            fill(registry, number: number)
            registries.append(registry)
        }
    }

    static func fill(_ registry: MetricsRegistry, number: Int) {
        let family = registry.family(for: TestMetrics.counter(labels: [TestMetrics.open("key")]))
        CounterChild(family._child1(0, "k")).inc()
        CounterChild(family._child1(0, "own \(number)")).inc(by: Double(number))
        CounterChild(family._child1(0, "removed")).inc()
        family._remove1(0, "removed")
        HistogramChild(registry.family(for: TestMetrics.histogram())._child0(0)).observe(0.5)
        SummaryChild(registry.family(for: TestMetrics.summary)._child0(0)).observe(3)
        for mode in MultiprocessMode.allCases {
            let family = registry.family(for: TestMetrics.gauge(mode, name: "level_\(mode.rawValue)"))
            if mode.isMostRecent {
                MostRecentGaugeChild(family._child0(0)).set(Double(number))
            } else {
                GaugeChild(family._child0(0)).set(Double(number + 1))
            }
        }
    }

    static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".db") }.sorted()
    }

    /// What a new reader of ours makes of a directory, sample by sample.
    static func lines(_ folder: String) -> [String] {
        ExpositionLines.normalised(ExpositionFormat.text.encode(MultiprocessCollector(directory: folder).collect()))
    }
}
