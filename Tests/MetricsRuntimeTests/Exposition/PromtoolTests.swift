import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

private enum PromtoolPeer {
    static let executable = PeerProcess.find("promtool")
}

/// What Prometheus' own tool says of our expositions.
@Suite("promtool", .blocking, .enabled(if: PromtoolPeer.executable != nil, "no promtool on the PATH"))
struct PromtoolTests {
    /// Fails where promtool can't parse the text; its style rules (exit code 3) aren't about the format.
    private func check(_ text: [UInt8], _ comment: Comment) throws {
        let output = try PeerProcess.run(
            try #require(PromtoolPeer.executable),
            ["check", "metrics"],
            input: String(decoding: text, as: UTF8.self)
        )
        #expect(output.status == 0 || output.status == 3, "\(comment): \(output.standardError)")
    }

    @Test("Every byte and some characters in labels and help")
    func anyText() throws {
        let texts = (UInt32(0)..<0x250).compactMap(Unicode.Scalar.init).map { String($0) }
        var family = MetricFamily(
            name: "x",
            type: .counter,
            documentation: texts.joined() + "\u{2028}\u{feff}\u{ffff}\u{10ffff}"
        )
        for (index, text) in (texts + ["\\", "\\n", "\"", "\\\"", "", "😀", "\r\n", "a\\"]).enumerated() {
            family.append(sampleName: "x_total", labels: [("i", "\(index)"), ("l", text)], value: Double(index))
        }
        try check(ExpositionFormat.text.encode(MetricSnapshot(families: [family])), "any text")
    }

    @Test("What comes of Python's fixtures", .enabled(if: PeerData.isPresent, PeerData.absence))
    func fixtures() throws {
        let root = try #require(PeerData.root).appendingPathComponent("fixtures/multiprocess")
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path) where name != "vectors" {
            let collector = MultiprocessCollector(directory: root.appendingPathComponent(name).path)
            try check(ExpositionFormat.text.encode(collector.collect()), "\(name)")
        }
    }

    @Test("Names and values that were never meant for Prometheus")
    func hostileFiles() throws {
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { file in
                for (index, name) in ["a.b", "a_b", "1x", "é", "x y", "{", "\"", "\n", "#"].enumerated() {
                    file.add(name, sample: "\(name)_total", [(name, name)], help: name, value: Double(index))
                }
                file.add("d", sample: "d_total", [("l.l", "1"), ("l_l", "2")], value: 1)
                file.add("n", sample: "n_total", [("__name__", "m")], value: 1)
                file.add("n", sample: "n_total", [("_.name__", "m")], value: 1)
            }.write("counter_1.db", in: folder)
            try MultiprocessFileBytes { file in
                file.add("a_b_total", [], value: 1)
                file.add("d", [("pid", "9")], value: 1)
            }.write("gauge_all_a\"b\\c\nd.db", in: folder)
            let collector = MultiprocessCollector(directory: folder)
            let text = ExpositionFormat.text.encode(collector.collect())
            try check(text, "\(String(decoding: text, as: UTF8.self))")
        }
    }
}
