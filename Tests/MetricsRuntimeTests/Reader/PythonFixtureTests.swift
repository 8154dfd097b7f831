import Foundation
import MetricsRuntime
import Testing

/// Directories that Python's client wrote, with what its own collector printed for them.
@Suite("Python's fixtures", .enabled(if: PeerData.isPresent, PeerData.absence))
struct PythonFixtureTests {
    private static let cases: [String] = {
        guard let root = PeerData.root?.appendingPathComponent("fixtures/multiprocess") else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { $0 != "vectors" }.sorted()
    }()

    /// What we serve where Python's collector fails.
    private static let partial: [String: (faults: [MultiprocessFault], samples: [String])] = [
        "07_empty_file": ([.tooShort], ["ok_total 1.0"]),
        "09_truncated_3bytes": ([.tooShort], ["ok 5.0"]),
        "09_truncated_8bytes": ([.truncated], ["ok 5.0"]),
        "09_truncated_mid_key": ([.truncated], ["ok 5.0"]),
        "10_garbage_bad_metric_name": ([.badKey], ["ok_total 1.0"]),
        "10_garbage_big_endian": ([.truncated], ["ok_total 1.0"]),
        "10_garbage_gauge_short_name": ([.foreignName], ["ok_total 1.0"]),
        "10_garbage_label_value_number": ([.badKey], ["ok_total 1.0"]),
        "10_garbage_len_negative": ([.badEntry], ["ok_total 3.0"]),
        "10_garbage_lone_surrogate": ([], ["ok_total 1.0", "ok_total{a=\"\u{fffd}\"} 3.0"]),
        "10_garbage_old_layout_no_timestamp": ([.badEntry], ["ok_total 3.0"]),
        "10_garbage_used_mid_entry": ([.badEntry], ["ok_total 3.0"]),
        "10_garbage_wrong_arity": ([.badKey], ["ok_total 3.0"]),
        "18b_no_underscore_name": ([.foreignName], ["c_total 1.0"]),
    ]

    @Test("What Python serves, in its order, and the rest where Python fails", arguments: cases)
    func fixture(name: String) throws {
        let expected = try PeerData.text("fixtures/multiprocess/\(name)/expected_sorted.txt")
        let folder = try #require(PeerData.root).appendingPathComponent("fixtures/multiprocess/\(name)")
        let collector = MultiprocessCollector(directory: folder.path)
        let lines = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
        if expected.hasPrefix("EXCEPTION") {
            let partial = try #require(Self.partial[name], "no expectation for \(name)")
            #expect(lines.filter { !$0.hasPrefix("#") } == partial.samples)
            #expect(collector.lastFaults.map(\.fault) == partial.faults)
            #expect(collector.faults == Dictionary(partial.faults.map { ($0, 1) }, uniquingKeysWith: +))
        } else {
            #expect(lines == ExpositionLines.normalised(expected))
        }
        // A second scrape goes by what the first one learnt.
        #expect(ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect())) == lines)
    }
}
