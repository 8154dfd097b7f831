import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("OpenMetrics 1.0", .blocking)
struct OpenMetricsTests {
    private func text(_ families: [MetricFamily], includesCreated: Bool = false) -> String {
        var encoder = ExpositionEncoder(
            MetricSnapshot(families: families),
            format: .openMetrics,
            includesCreated: includesCreated
        )
        var bytes: [UInt8] = []
        while encoder.append(to: &bytes, atLeast: .max) {}
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Every type, to the byte")
    func types() {
        let expected = #"""
            # HELP requests All \"requests\" \\ so\nfar
            # TYPE requests counter
            requests_total{code="200",path="/"} 3.0 # {trace_id="4bf92f"} 0.5 12.25
            requests_total{code="",path="/\\\n\""} 1.5e+06
            # HELP memory_bytes Memory
            # TYPE memory_bytes gauge
            # UNIT memory_bytes bytes
            memory_bytes -0.5
            # HELP build Build
            # TYPE build info
            build_info{version="1.0"} 1
            # HELP state State
            # TYPE state stateset
            state{job="a",state="on"} 1
            state{job="a",state="off"} 0
            # TYPE thing unknown
            thing +Inf
            # HELP latency_seconds L
            # TYPE latency_seconds histogram
            # UNIT latency_seconds seconds
            latency_seconds_bucket{job="a",le="0.5"} 1
            latency_seconds_bucket{job="a",le="1.0"} 3 # {t="1"} 0.7
            latency_seconds_bucket{job="a",le="1e+06"} 1000003
            latency_seconds_bucket{job="a",le="+Inf"} 1000003
            latency_seconds_sum{job="a"} 4.5
            latency_seconds_count{job="a"} 1000003
            latency_seconds_bucket{job="b",le="0.5"} 1
            latency_seconds_bucket{job="b",le="1.0"} 3 # {t="1"} 0.7
            latency_seconds_bucket{job="b",le="1e+06"} 1000003
            latency_seconds_bucket{job="b",le="+Inf"} 1000003
            latency_seconds_sum{job="b"} 4.5
            latency_seconds_count{job="b"} 1000003
            # HELP size S
            # TYPE size summary
            size{quantile="0.5",z="é😀"} 1.0
            size{quantile="1.0",z="é😀"} NaN
            size_sum{z="é😀"} 3.0
            size_count{z="é😀"} 2
            # EOF

            """#
        #expect(text(SampleFamilies.all) == expected)
    }

    @Test("Beginnings of series stand behind them, where they are wanted")
    func created() {
        let lines = text(SampleFamilies.all, includesCreated: true).split(separator: "\n").map(String.init)
        for (line, next) in [
            (
                #"requests_total{code="200",path="/"} 3.0 # {trace_id="4bf92f"} 0.5 12.25"#,
                #"requests_created{code="200",path="/"} 1.7000000005e+09"#
            ),
            (#"latency_seconds_count{job="a"} 1000003"#, #"latency_seconds_created{job="a"} 5.0"#),
            (#"size_count{z="é😀"} 2"#, #"size_created{z="é😀"} 7.0"#),
        ] {
            let index = lines.firstIndex(of: line)
            #expect(index.map { lines[$0 + 1] } == next)
        }
        #expect(!text(SampleFamilies.all).contains("_created"))
        let inText = ExpositionFormat.text.encode(MetricSnapshot(families: SampleFamilies.all))
        #expect(!String(decoding: inText, as: UTF8.self).contains("_created"))
        #expect(!String(decoding: inText, as: UTF8.self).contains("trace_id"))
    }

    @Test("Nothing is an end and nothing else")
    func empty() {
        #expect(text([]) == "# EOF\n")
    }

    @Test("What parsers refuse is left out")
    func refused() {
        var total = MetricFamily(name: "x", type: .counter, documentation: "")
        total.addSeries(labels: [("i", "1")], value: .nan)
        total.addSeries(labels: [("i", "2")], value: -1)
        let tooLong = MetricExemplar(labels: [.init(name: "t", value: String(repeating: "é", count: 128))], value: 1)
        total.addSeries(labels: [("i", "3")], value: 1, exemplar: tooLong)
        var gauge = MetricFamily(name: "g", type: .gauge, documentation: "", unit: "seconds")
        gauge.addSeries(value: 1, exemplar: MetricExemplar(labels: [.init(name: "t", value: "1")], value: 1))
        let hostile = MetricExemplar(labels: [.init(name: "t", value: "\"\\\n")], value: 1)
        total.addSeries(labels: [("i", "4")], value: 1, exemplar: hostile)
        var below = MetricFamily(name: "h", type: .histogram, documentation: "")
        below.addHistogram(buckets: [.init(upperBound: -1, count: 1)], sum: -5)
        var sumless = MetricFamily(name: "n", type: .histogram, documentation: "")
        sumless.addHistogram(labels: [("i", "1")], buckets: [.init(upperBound: 1, count: 2)], sum: .nan)
        sumless.addHistogram(labels: [("i", "2")], buckets: [.init(upperBound: 1, count: 2)], sum: 3)
        let expected = #"""
            # TYPE x counter
            x_total{i="3"} 1.0
            x_total{i="4"} 1.0 # {t="\"\\\n"} 1.0
            # TYPE g gauge
            g 1.0
            # TYPE h histogram
            h_bucket{le="-1.0"} 1
            h_bucket{le="+Inf"} 1
            # TYPE n histogram
            n_bucket{i="1",le="1.0"} 2
            n_bucket{i="1",le="+Inf"} 2
            n_bucket{i="2",le="1.0"} 2
            n_bucket{i="2",le="+Inf"} 2
            n_sum{i="2"} 3.0
            n_count{i="2"} 2
            # EOF

            """#
        #expect(text([total, gauge, below, sumless]) == expected)
    }

    @Test("The same in pieces of any size", arguments: [1, 7, 100, 4096], ExpositionFormat.allCases)
    func pieces(size: Int, format: ExpositionFormat) {
        let snapshot = MetricSnapshot(families: SampleFamilies.all)
        var encoder = ExpositionEncoder(snapshot, format: format)
        var all: [UInt8] = []
        var piece: [UInt8] = []
        var isMore = true
        while isMore {
            isMore = encoder.append(to: &piece, atLeast: size)
            // One sample, or a family's head with its first, is the most that comes at once.
            #expect(piece.count < size + 400)
            all += piece
            piece.removeAll(keepingCapacity: true)
        }
        #expect(all == format.encode(snapshot))
    }

    @Test(
        "Python's strict parser reads what went in",
        .enabled(if: PythonPeer.isPresent, PythonPeer.absence)
    )
    func python() throws {
        let hostile = (UInt32(0)..<0x120).compactMap(Unicode.Scalar.init).map { String($0) } + ["\\n", "a\\", "😀"]
        var labels = MetricFamily(name: "l", type: .gauge, documentation: hostile.joined())
        for (index, value) in hostile.enumerated() {
            labels.addSeries(labels: [("i", "\(index)"), ("v", value)], value: Double(index))
        }
        let script = """
            import json, sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            families = list(text_string_to_metric_families(sys.stdin.buffer.read().decode('utf-8')))
            print(json.dumps([[f.name, f.type, f.unit, f.documentation,
                [[s.name, s.labels, repr(s.value)] for s in f.samples]] for f in families]))
            """
        for includesCreated in [false, true] {
            let text = text(SampleFamilies.all + [labels], includesCreated: includesCreated)
            let output = try PythonPeer.run(script, input: text)
            let families = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[Any]])
            #expect(families.map { $0[0] as? String } == (SampleFamilies.all + [labels]).map(\.name))
            #expect(
                families.map { $0[1] as? String }
                    == ["counter", "gauge", "info", "stateset", "unknown", "histogram", "summary", "gauge"]
            )
            #expect(families.map { $0[2] as? String } == ["", "bytes", "", "", "", "seconds", "", ""])
            #expect(families[0][3] as? String == "All \"requests\" \\ so\nfar")
            #expect((families[7][3] as? String).map { Array($0.utf8) } == Array(hostile.joined().utf8))
            let samples = try #require(families[7][4] as? [[Any]])
            for (sample, value) in zip(samples, hostile) {
                let found = (sample[1] as? [String: String])?["v"] ?? "nothing"
                #expect(Array(found.utf8) == Array(value.utf8))
            }
        }
    }

    @Test(
        "What comes of Python's fixtures, for Python's strict parser",
        .enabled(if: PythonPeer.isPresent && PeerData.isPresent, "no Python client or no shared data")
    )
    func fixtures() throws {
        let root = try #require(PeerData.root).appendingPathComponent("fixtures/multiprocess")
        let script = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            list(text_string_to_metric_families(sys.stdin.buffer.read().decode('utf-8')))
            """
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() where name != "vectors" {
            let collector = MultiprocessCollector(directory: root.appendingPathComponent(name).path)
            let text = String(decoding: ExpositionFormat.openMetrics.encode(collector.collect()), as: UTF8.self)
            #expect(throws: Never.self, "\(name)") { try PythonPeer.run(script, input: text) }
        }
    }
}
