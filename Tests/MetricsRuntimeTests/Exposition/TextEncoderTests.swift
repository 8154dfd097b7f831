import Foundation
import MetricsRuntime
import Testing

@Suite("Text 0.0.4")
struct TextEncoderTests {
    private func text(_ families: MetricFamily...) -> String {
        String(decoding: ExpositionFormat.text.encode(MetricSnapshot(families: families)), as: UTF8.self)
    }

    @Test("Every type, with the name that its samples have")
    func types() {
        var counter = MetricFamily(name: "requests", type: .counter, documentation: "Requests \\ so\nfar \"all\"")
        counter.append(sampleName: "requests_total", labels: [("code", "200"), ("path", "/")], value: 3)
        counter.append(sampleName: "requests_total", value: 1_500_000)
        var info = MetricFamily(name: "build", type: .info, documentation: "Build")
        info.append(sampleName: "build_info", labels: [("version", "1.0")], value: 1)
        var states = MetricFamily(name: "state", type: .stateset, documentation: "State")
        states.append(sampleName: "state", labels: [("state", "on")], value: 0)
        var unknown = MetricFamily(name: "thing", type: .unknown, documentation: "")
        unknown.append(sampleName: "thing", value: -0.5)
        var summary = MetricFamily(name: "s", type: .summary, documentation: "Sum")
        summary.append(sampleName: "s_count", value: 2)
        summary.append(sampleName: "s_sum", value: .nan)
        var histogram = MetricFamily(name: "h", type: .histogram, documentation: "Hist")
        histogram.append(sampleName: "h_bucket", labels: [("le", "1.0")], value: 1)
        histogram.append(sampleName: "h_bucket", labels: [("le", "+Inf")], value: 2)
        histogram.append(sampleName: "h_sum", value: .infinity)
        histogram.append(sampleName: "h_count", value: 2)
        let expected = #"""
            # HELP requests_total Requests \\ so\nfar "all"
            # TYPE requests_total counter
            requests_total{code="200",path="/"} 3
            requests_total 1.5e+06
            # HELP build_info Build
            # TYPE build_info gauge
            build_info{version="1.0"} 1
            # HELP state State
            # TYPE state gauge
            state{state="on"} 0
            # HELP thing \#("")
            # TYPE thing untyped
            thing -0.5
            # HELP s Sum
            # TYPE s summary
            s_count 2
            s_sum NaN
            # HELP h Hist
            # TYPE h histogram
            h_bucket{le="1.0"} 1
            h_bucket{le="+Inf"} 2
            h_sum +Inf
            h_count 2

            """#
        #expect(text(counter, info, states, unknown, summary, histogram) == expected)
    }

    @Test("Nothing comes of nothing, and of a family without samples")
    func empty() {
        #expect(ExpositionFormat.text.encode(MetricSnapshot()).isEmpty)
        var family = MetricFamily(name: "x", type: .gauge, documentation: "h")
        #expect(text(family) == "")
        family.isExposedWhenEmpty = true
        #expect(text(family) == "# HELP x h\n# TYPE x gauge\n")
    }

    @Test("A buffer is appended to")
    func appends() {
        var bytes = Array("before\n".utf8)
        var family = MetricFamily(name: "x", type: .gauge, documentation: "h")
        family.append(sampleName: "x", value: 1)
        ExpositionFormat.text.encode(MetricSnapshot(families: [family]), into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "before\n# HELP x h\n# TYPE x gauge\nx 1\n")
    }

    @Test("Names lose what the character set doesn't have; values keep everything but three escapes")
    func escapes() {
        var family = MetricFamily(name: "9http.réq", type: .gauge, documentation: "\u{0}\t\r\"")
        family.append(sampleName: "9http.réq:x", labels: [("a:b", "\u{0}\t\r"), ("é", "\"\\\n\u{e9}😀")], value: 1)
        let expected =
            "# HELP _http_r_q \u{0}\t\r\"\n# TYPE _http_r_q gauge\n"
            + "_http_r_q:x{a_b=\"\u{0}\t\r\",_=\"\\\"\\\\\\n\u{e9}😀\"} 1\n"
        #expect(Array(text(family).utf8) == Array(expected.utf8))
    }

    @Test(
        "Samples longer than the writer's scratch memory, and more of them than fit",
        arguments: [1, 100, 16_300, 40_000]
    )
    func sizes(length: Int) {
        var family = MetricFamily(name: "x", type: .gauge, documentation: "h")
        var expected = "# HELP x h\n# TYPE x gauge\n"
        for index in 0..<40 {
            let value = String(repeating: "v", count: length + index)
            family.append(sampleName: "x", labels: [("l", value)], value: Double(index) + 0.1)
            expected += "x{l=\"\(value)\"} \(Double(index) + 0.1)\n"
        }
        #expect(text(family) == expected)
    }

    @Test("Samples are found by their text")
    func lookup() {
        var family = MetricFamily(name: "x", type: .counter, documentation: "h")
        family.append(sampleName: "x_total", labels: [("l", "\"")], value: 4)
        family.append(sampleName: "x_total", value: 5)
        let snapshot = MetricSnapshot(families: [family])
        #expect(snapshot.value(#"x_total{l="\""}"#) == 4)
        #expect(snapshot.value("x_total") == 5)
        #expect(snapshot.value("x") == nil)
        #expect(snapshot.family("x")?.sample(at: 1) == "x_total")
    }
}
