import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

/// True types and units across processes, which Python's files have no place for.
@Suite("Side files", .blocking)
struct FamilyTypesTests {
    private static let descriptors: [MetricDescriptor] = [
        MetricDescriptor(
            name: "build_info",
            documentation: "Build",
            type: .info,
            labels: [MetricDescriptor.Label(name: "version")]
        ),
        MetricDescriptor(
            name: "state",
            documentation: "State",
            type: .stateset,
            labels: [MetricDescriptor.Label(name: "state", values: ["on", "off"])]
        ),
        MetricDescriptor(name: "thing", documentation: "Thing", type: .unknown, multiprocessMode: .sum),
        MetricDescriptor(
            name: "latency_seconds",
            documentation: "Latency",
            type: .histogram,
            unit: "seconds",
            buckets: [0.5]
        ),
        MetricDescriptor(name: "plain", documentation: "Plain", type: .gauge, multiprocessMode: .sum),
    ]

    private func fill(_ registry: MetricsRegistry) {
        GaugeChild(registry.family(for: Self.descriptors[0])._child1(0, "1.0")).set(1)
        MostRecentGaugeChild(registry.family(for: Self.descriptors[1])._child0(0)).set(1)
        MostRecentGaugeChild(registry.family(for: Self.descriptors[1])._child0(1)).set(0)
        GaugeChild(registry.family(for: Self.descriptors[2])._child0(0)).inc(by: 2)
        HistogramChild(registry.family(for: Self.descriptors[3])._child0(0)).observe(0.25)
        GaugeChild(registry.family(for: Self.descriptors[4])._child0(0)).set(3)
    }

    private func text(_ snapshot: MetricSnapshot) -> String {
        String(decoding: ExpositionFormat.openMetrics.encode(snapshot), as: UTF8.self)
    }

    private static let metadata = [
        "# TYPE build info", "# TYPE state stateset", "# TYPE thing unknown", "# TYPE latency_seconds histogram",
        "# UNIT latency_seconds seconds", "# TYPE plain gauge",
    ]

    @Test("Two processes' infos, states, unknowns and units are exposed as what they are")
    func processes() throws {
        try TemporaryFolder.with { folder in
            let first = MetricsRegistry(storage: .directory(folder))
            let second = MetricsRegistry(storage: .directory(folder))
            fill(first)
            fill(second)
            let collector = MultiprocessCollector(directory: folder)
            for text in [text(collector.collect()), text(first.collect()), text(collector.collect())] {
                let lines = Set(text.split(separator: "\n").map(String.init))
                for line in Self.metadata { #expect(lines.contains(line), "\(line) in \(text)") }
                for line in [
                    #"build_info{version="1.0"} 1"#, #"state{state="on"} 1"#, #"state{state="off"} 0"#, "thing 4.0",
                    "latency_seconds_count 2", "plain 6.0",
                ] { #expect(lines.contains(line), "\(line) in \(text)") }
            }
            #expect(collector.faults.isEmpty)
            // Without the side files they are what they are stored as.
            for name in ["swift-0.types", "swift-1.types"] {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            let without = text(collector.collect())
            for line in ["# TYPE build_info gauge", "# TYPE state gauge", "# TYPE thing gauge"] {
                #expect(without.contains(line + "\n"))
            }
            #expect(!without.contains("# UNIT"))
            withExtendedLifetime((first, second)) {}
        }
    }

    @Test("A slot's next owner adds what is missing and nothing else")
    func owners() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/swift-0.types"
            func use() {
                let registry = MetricsRegistry(storage: .directory(folder))
                fill(registry)
                withExtendedLifetime(registry) {}
            }
            use()
            let first = try Data(contentsOf: URL(fileURLWithPath: path))
            use()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
            // An owner that died while it wrote.
            try first.dropLast(5).write(to: URL(fileURLWithPath: path))
            use()
            let collector = MultiprocessCollector(directory: folder)
            let text = text(collector.collect())
            for line in Self.metadata { #expect(text.contains(line + "\n")) }
        }
    }

    @Test(
        "Files that say nothing, or what cannot be, change nothing and are no faults",
        arguments: [
            "", "\n\n\n", "TYPE", "TYPE plain info", "TYPE plain counter\n", "UNIT plain \"x\"\n", "TYPE  info\n",
            "TYPE plain info extra\n", "\u{0}\u{1}\n", "UNIT plain se\u{301}conds\n", "OTHER plain info\n",
        ]
    )
    func damage(text: String) throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            fill(registry)
            let before = self.text(MultiprocessCollector(directory: folder).collect())
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/zzz.types"))
            try FileManager.default.createDirectory(atPath: "\(folder)/folder.types", withIntermediateDirectories: true)
            let collector = MultiprocessCollector(directory: folder)
            #expect(self.text(collector.collect()) == before)
            #expect(collector.faults.isEmpty)
            withExtendedLifetime(registry) {}
        }
    }

    @Test("Python's collector takes no notice of them", .enabled(if: PythonPeer.isPresent, PythonPeer.absence))
    func python() throws {
        try TemporaryFolder.with { folder in
            let registry = MetricsRegistry(storage: .directory(folder))
            fill(registry)
            let script = """
                import sys
                from prometheus_client import CollectorRegistry, generate_latest
                from prometheus_client.multiprocess import MultiProcessCollector
                registry = CollectorRegistry()
                MultiProcessCollector(registry, path=sys.argv[1])
                print(generate_latest(registry).decode())
                """
            let output = try PythonPeer.run(script, [folder])
            #expect(output.contains(#"build_info{version="1.0"} 1.0"#))
            #expect(output.contains("latency_seconds_count 1.0"))
            withExtendedLifetime(registry) {}
        }
    }
}
