import Foundation
import MetricDefinitions
import MetricsRuntime
import Testing

/// The generator's reader of scrapes shares no line with what writes them, and refuses what Prometheus would only guess at.
@Suite("The generator's strict reader")
struct StrictReaderTests {
    private func expectReadable(
        _ snapshot: MetricSnapshot,
        at location: SourceLocation = #_sourceLocation
    ) -> [ExpositionFormat: Scrape] {
        var scrapes: [ExpositionFormat: Scrape] = [:]
        for (format, name) in [(ExpositionFormat.text, ScrapeFormat.text), (.openMetrics, .openMetrics)] {
            let source = SourceFile(path: "scrape", bytes: format.encode(snapshot))
            var sink = DiagnosticSink()
            scrapes[format] = ScrapeReader.read(source, id: SourceID(index: 0), format: name, into: &sink)
            let report = DiagnosticReport(sources: [source], diagnostics: sink.diagnostics)
            #expect(sink.diagnostics.isEmpty, "\(format): \(report)", sourceLocation: location)
        }
        return scrapes
    }

    @Test("Every type, in both text formats")
    func types() {
        let scrapes = expectReadable(MetricSnapshot(families: SampleFamilies.all))
        let types: [ScrapeType] = [.counter, .gauge, .info, .stateset, .unknown, .histogram, .summary]
        #expect(scrapes[.openMetrics]?.families.map { $0.type?.value } == types)
        #expect(scrapes[.text]?.families.count == 7)
        #expect(scrapes[.openMetrics]?.sampleCount == SampleFamilies.all.reduce(0) { $0 + $1.values.count })
    }

    @Test("Names, labels and help of any kind")
    func anyText() {
        let texts = (UInt32(0)..<0x250).compactMap(Unicode.Scalar.init).map { String($0) } + ["\\n", "a\\", "😀", ""]
        var gauge = MetricFamily(
            name: "x y.z",
            type: .gauge,
            documentation: texts.joined() + "\u{2028}\u{feff}\u{10ffff}"
        )
        for (index, text) in texts.enumerated() {
            gauge.addSeries(labels: [("i", "\(index)"), (text, text)], value: Double(index))
        }
        let scrapes = expectReadable(MetricSnapshot(families: [gauge]))
        #expect(scrapes[.text]?.sampleCount == texts.count)
        #expect(scrapes[.openMetrics]?.sampleCount == texts.count)
    }

    @Test("States, infos and exemplars of any text, and values of 64 KiB")
    func anyTextElsewhere() {
        let texts = (UInt32(0)..<0x250).compactMap(Unicode.Scalar.init).map { String($0) } + ["\\n", "a\\", "😀"]
        var state = MetricFamily(name: "state", type: .stateset, documentation: "State")
        state.addStates(texts.map { (name: $0, isOn: true) })
        var build = MetricFamily(name: "build", type: .info, documentation: "Build")
        var jobs = MetricFamily(name: "jobs", type: .counter, documentation: "Jobs")
        for text in texts {
            build.addSeries(labels: [("version", text)], value: 1)
            let exemplar = MetricExemplar(labels: [.init(name: "trace_id", value: text)], value: 1)
            jobs.addSeries(labels: [("job", text)], value: 1, exemplar: exemplar)
        }
        let long = String(repeating: "\"\\\n\u{0}", count: 16_384)
        var gauge = MetricFamily(name: "long", type: .gauge, documentation: long)
        gauge.addSeries(labels: [("text", long)], value: 1)
        let snapshot = MetricSnapshot(families: [state, build, jobs, gauge])
        let scrapes = expectReadable(snapshot)
        #expect(scrapes[.text]?.sampleCount == 3 * texts.count + 1)
        #expect(scrapes[.openMetrics]?.sampleCount == 3 * texts.count + 1)
    }

    @Test("What comes of Python's fixtures", .enabled(if: PeerData.isPresent, PeerData.absence))
    func fixtures() throws {
        let root = try #require(PeerData.root).appendingPathComponent("fixtures/multiprocess")
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() where name != "vectors" {
            let collector = MultiprocessCollector(directory: root.appendingPathComponent(name).path)
            _ = expectReadable(collector.collect())
        }
    }

    @Test("A registry with every type, while its values are what nobody expects")
    func registry() {
        let registry = MetricsRegistry(storage: .memory)
        func child(_ name: String, _ type: MetricsRuntime.MetricType) -> _SeriesHandle {
            let descriptor = MetricDescriptor(
                name: name,
                documentation: "\"quoted\" \\ and\nbroken",
                type: type,
                labels: [MetricDescriptor.Label(name: "l")],
                buckets: [-1, 0, 0.1, 1e9]
            )
            return registry.family(for: descriptor)._child1(0, "a\"b\\c\nd")
        }
        for value in [0, -0.0, 1, 1e-9, 1e300, -5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude] as [Double] {
            CounterChild(child("c_total", .counter)).inc(by: value)
            GaugeChild(child("g", .gauge)).set(value)
            HistogramChild(child("h", .histogram)).observe(value)
            SummaryChild(child("s", .summary)).observe(value)
            _ = expectReadable(registry.collect())
        }
    }
}
