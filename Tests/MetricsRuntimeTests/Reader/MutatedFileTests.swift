import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

/// Valid files with bits flipped, cut, spliced and overwritten: nothing crashes, nothing valid in front is lost.
///
/// A thousand files run each time, with every kind of damage; `LONG=1` runs a thousand times as many.
@Suite("Mutated files", .blocking)
struct MutatedFileTests {
    private static let rounds = ProcessInfo.processInfo.environment["LONG"] == "1" ? 1000 : 1
    /// How many files are changed in a round.
    private static let steps = 25

    /// A file of counters, and where each entry ends.
    private struct Original {
        var bytes = MultiprocessFileBytes()
        var samples: [String] = []
        var ends: [Int] = []

        init(_ random: inout SeededGenerator, tag: String) {
            for index in 0..<Int.random(in: 1...20, using: &random) {
                // Three times the same number, so that a few flipped bits never make one key of another.
                let label = "\(tag)-\(index)-\(tag)-\(index)-\(tag)-\(index)"
                let value = Int.random(in: 1...99_999, using: &random)
                bytes.add("m", sample: "m_total", [("l", label)], help: "a \"help\" \u{e9}\n", value: Double(value))
                samples.append("m_total{l=\"\(label)\"} \(value)")
                ends.append(bytes.bytes.count)
            }
        }

        /// The samples that must come out when nothing in front of that offset was changed.
        func samples(before offset: Int) -> [String] {
            zip(samples, ends).filter { $0.1 <= offset }.map(\.0)
        }
    }

    /// Changes a file somehow, and says up to which offset it left everything alone.
    private func mutate(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout SeededGenerator) -> Int {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0:
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1:
            bytes.removeLast(bytes.count - place)
        case 2:
            bytes.removeLast(bytes.count - place)
            bytes += other.suffix(Int.random(in: 0...other.count, using: &random))
        case 3:
            for index in place..<min(place + Int.random(in: 1...64, using: &random), bytes.count) {
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
        case 4:
            bytes.insert(contentsOf: other.prefix(Int.random(in: 1...100, using: &random)), at: place)
        case 5:
            let end = Int.random(in: place...bytes.count, using: &random)
            bytes.removeSubrange(place..<end)
        default:
            for index in place..<min(place + 4, bytes.count) {
                bytes[index] = [0, 0xff, 0x7f].randomElement(using: &random) ?? 0
            }
        }
        return place
    }

    @Test("No crash, and what stands in front of the damage comes out", arguments: 0..<40)
    func mutations(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let originals = (0..<Self.steps).map { Original(&random, tag: "x\(seed)y\($0)") }
        let other = Original(&random, tag: "other").bytes.bytes
        try TemporaryFolder.with { folder in
            try MultiprocessFileBytes { $0.add("good", sample: "good_total", value: 1) }
                .write("counter_1.db", in: folder)
            for round in 0..<Self.rounds {
                // One after the other in one collector's life: what it remembers of a file is never true of the next.
                let collector = MultiprocessCollector(directory: folder)
                for (step, original) in originals.enumerated() {
                    var bytes = original.bytes.bytes
                    var untouched = bytes.count
                    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                        untouched = min(untouched, mutate(&bytes, with: other, &random))
                    }
                    let name = ["counter_2.db", "summary_2.db", "gauge_all_2.db"].randomElement(using: &random) ?? ""
                    try write(bytes, to: "\(folder)/\(name)")
                    let text = ExpositionFormat.text.encode(collector.collect())
                    let lines = Set(
                        text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
                    )
                    #expect(lines.contains("good_total 1"))
                    // A header that was changed says nothing about what it counted before.
                    if untouched >= 8, name == "counter_2.db" {
                        let missing = original.samples(before: untouched).filter { !lines.contains($0) }
                        #expect(missing == [], "seed \(seed), round \(round), step \(step)")
                    }
                    #expect(unlink("\(folder)/\(name)") == 0)
                }
            }
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        #expect(Foundation.write(file, bytes, bytes.count) == bytes.count)
    }
}
