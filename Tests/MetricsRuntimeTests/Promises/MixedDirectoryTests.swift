import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite(
    "Python and Swift workers in one directory",
    .blocking,
    .enabled(if: PythonPeer.isPresent, PythonPeer.absence)
)
struct MixedDirectoryTests {
    @Test("Both readers make the same of it")
    func mixed() throws {
        try TemporaryFolder.with { folder in
            for _ in 0..<2 {
                _ = try PythonPeer.run(Self.worker, [folder])
                _ = try ProbeRun.play("count", folder, "3")
            }
            let living = MetricsRegistry(storage: .directory(folder))
            let family = living.family(for: Self.descriptor)
            CounterChild(family._child1(0, "k")).inc(by: 0.5)
            // Of Python's dead we know nothing; ours would be left out here alone.
            _ = MultiprocessReaper(directory: folder).reapDeadSlots()
            let ours = ExpositionLines.normalised(ExpositionFormat.text.encode(living.collect()))
            let theirs = ExpositionLines.normalised(try PythonPeer.collect(folder))
            #expect(ours == theirs)
            #expect(ours.contains(#"probe_total{key="k"} 10.5"#))
            #expect(ours.contains(#"probe_seconds_bucket{key="h",le="1.0"} 10.0"#))
            #expect(ours.contains("probe_gauge_sum 10.0"))
        }
    }

    private static let descriptor = MetricDescriptor(
        name: "probe_total",
        documentation: "Counted by the probe",
        type: .counter,
        labels: [MetricDescriptor.Label(name: "key")]
    )

    /// The same metrics as the probe's, written by Python's client.
    private static let worker = """
        import os, sys
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
        from prometheus_client import Counter, Gauge, Histogram
        Counter("probe_total", "Counted by the probe", ["key"]).labels("k").inc(2)
        histogram = Histogram("probe_seconds", "Observed by the probe", ["key"], buckets=[0.1, 1, 10]).labels("h")
        histogram.observe(0.5)
        histogram.observe(0.05)
        for mode in ["all", "liveall", "min", "livemin", "max", "livemax", "sum", "livesum", "mostrecent", "livemostrecent"]:
            Gauge("probe_gauge_" + mode, "Set by the probe", multiprocess_mode=mode).set(2)
        """
}
