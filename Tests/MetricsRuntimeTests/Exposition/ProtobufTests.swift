import Foundation
import MetricsRuntime
import Testing

@Suite("Protobuf")
struct ProtobufTests {
    /// A message's fields by number: numbers as bits, everything else as bytes.
    private struct Message {
        enum Value: Equatable {
            case varint(UInt64)
            case fixed(UInt64)
            case bytes([UInt8])
        }

        var fields: [(number: UInt64, value: Value)] = []

        init(_ bytes: [UInt8]) throws {
            var reader = Reader(bytes: bytes)
            while !reader.isAtEnd {
                let tag = try reader.varint()
                switch tag & 7 {
                case 0: fields.append((tag >> 3, .varint(try reader.varint())))
                case 1: fields.append((tag >> 3, .fixed(try reader.fixed())))
                case 2: fields.append((tag >> 3, .bytes(try reader.take(Int(try reader.varint())))))
                default: throw Malformed()
                }
            }
        }

        func bytes(_ number: UInt64) -> [[UInt8]] {
            fields.compactMap { field in
                if field.number == number, case .bytes(let bytes) = field.value { bytes } else { nil }
            }
        }

        func text(_ number: UInt64) -> String? { bytes(number).first.map { String(decoding: $0, as: UTF8.self) } }
        func messages(_ number: UInt64) throws -> [Message] { try bytes(number).map(Message.init) }

        func double(_ number: UInt64) -> Double? {
            for field in fields where field.number == number {
                if case .fixed(let bits) = field.value { return Double(bitPattern: bits) }
            }
            return nil
        }

        func integer(_ number: UInt64) -> UInt64? {
            for field in fields where field.number == number {
                if case .varint(let value) = field.value { return value }
            }
            return nil
        }
    }

    private struct Malformed: Error {}

    private struct Reader {
        let bytes: [UInt8]
        var index = 0
        var isAtEnd: Bool { index == bytes.count }

        mutating func take(_ count: Int) throws -> [UInt8] {
            guard count >= 0, index + count <= bytes.count else { throw Malformed() }
            defer { index += count }
            return Array(bytes[index..<index + count])
        }

        mutating func varint() throws -> UInt64 {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while true {
                let byte = try take(1)[0]
                value |= UInt64(byte & 0x7f) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
        }

        mutating func fixed() throws -> UInt64 {
            try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private func families(_ bytes: [UInt8]) throws -> [Message] {
        var reader = Reader(bytes: bytes)
        var families: [Message] = []
        while !reader.isAtEnd { families.append(try Message(try reader.take(Int(try reader.varint())))) }
        return families
    }

    @Test("Every type")
    func types() throws {
        let families = try families(ExpositionFormat.protobuf.encode(MetricSnapshot(families: SampleFamilies.all)))
        let names = ["requests_total", "memory_bytes", "build_info", "state", "thing", "latency_seconds", "size"]
        #expect(families.map { $0.text(1) } == names)
        #expect(families.map { $0.integer(3) } == [0, 1, 1, 1, 3, 4, 2])
        #expect(families.map { $0.text(5) } == [nil, "bytes", "ignored", nil, nil, "seconds", nil])
        #expect(families[0].text(2) == "All \"requests\" \\ so\nfar")

        let requests = try families[0].messages(4)
        #expect(requests.count == 2)
        let labels = try requests[1].messages(1).map { [$0.text(1), $0.text(2)] }
        #expect(labels == [["code", ""], ["path", "/\\\n\""]])
        let counter = try #require(try requests[0].messages(3).first)
        #expect(counter.double(1) == 3)
        let exemplar = try #require(try counter.messages(2).first)
        #expect(exemplar.double(2) == 0.5)
        #expect(try exemplar.messages(1).first?.text(2) == "4bf92f")
        #expect(try exemplar.messages(3).first?.integer(1) == 12)
        #expect(try exemplar.messages(3).first?.integer(2) == 250_000_000)
        #expect(try counter.messages(3).first?.integer(1) == 1_700_000_000)

        #expect(try families[1].messages(4).first?.messages(2).first?.double(1) == -0.5)
        #expect(try families[2].messages(4).first?.messages(2).first?.double(1) == 1)
        #expect(try families[3].messages(4).map { try $0.messages(2).first?.double(1) } == [1, 0])
        #expect(try families[4].messages(4).first?.messages(5).first?.double(1) == .infinity)

        let latency = try families[5].messages(4)
        #expect(latency.count == 2)
        let histogram = try #require(try latency[1].messages(7).first)
        #expect(try latency[1].messages(1).map { [$0.text(1), $0.text(2)] } == [["job", "b"]])
        #expect(histogram.integer(1) == 1_000_003)
        #expect(histogram.double(2) == 4.5)
        let buckets = try histogram.messages(3)
        #expect(buckets.map { $0.double(2) } == [0.5, 1, 1_000_000, .infinity])
        #expect(buckets.map { $0.integer(1) } == [1, 3, 1_000_003, 1_000_003])
        #expect(try buckets[1].messages(3).first?.double(2) == 0.7)
        #expect(try histogram.messages(15).first?.integer(1) == 5)

        let size = try #require(try families[6].messages(4).first?.messages(4).first)
        #expect(size.integer(1) == 2)
        #expect(size.double(2) == 3)
        #expect(try size.messages(3).map { $0.double(1) } == [0.5, 1])
        #expect(try size.messages(3).last?.double(2)?.isNaN == true)
    }

    @Test("Nothing comes of nothing, and of a family without samples")
    func empty() {
        #expect(ExpositionFormat.protobuf.encode(MetricSnapshot()).isEmpty)
        var family = MetricFamily(name: "x", type: .gauge, documentation: "h")
        family.isExposedWhenEmpty = true
        #expect(ExpositionFormat.protobuf.encode(MetricSnapshot(families: [family])).isEmpty)
    }

    @Test("Lengths that take several bytes")
    func lengths() throws {
        for length in [0, 100, 127, 128, 16_383, 16_384, 100_000] {
            var family = MetricFamily(name: "x", type: .gauge, documentation: String(repeating: "h", count: length))
            family.addSeries(labels: [("l", String(repeating: "v", count: length))], value: 1)
            let message = try #require(
                try families(ExpositionFormat.protobuf.encode(MetricSnapshot(families: [family]))).first
            )
            #expect((message.text(2) ?? "").utf8.count == length)
            #expect(try message.messages(4).first?.messages(1).first?.text(2)?.utf8.count == length)
        }
    }

    @Test("Histograms of different bounds, and one that is longer than a piece", arguments: [1, 100, 65_536, .max])
    func bounds(pieceLength: Int) throws {
        let bounds: [[Double]] = [[1, 2, 3], [1, 2.5, 3], [2], (1...3000).map(Double.init), [1, 2, 3], [], [3, 4]]
        var family = MetricFamily(name: "h", type: .histogram, documentation: "h")
        for (index, bounds) in bounds.enumerated() {
            // A label in front of `le` and one behind it, with something to unescape in every other series.
            let labels: [MetricFamily.Label] = [
                ("a", index % 2 == 0 ? "\(index)" : "\"\\\n\(index)"), ("z", "\(index)"),
            ]
            family.addHistogram(labels: labels, buckets: bounds.map { .init(upperBound: $0, count: 1) }, sum: 0.5)
        }
        let snapshot = MetricSnapshot(families: [family, family])
        var encoder = ExpositionEncoder(snapshot, format: .protobuf)
        var bytes: [UInt8] = []
        var piece: [UInt8] = []
        var isMore = true
        while isMore {
            isMore = encoder.append(to: &piece, atLeast: pieceLength)
            bytes += piece
            piece.removeAll(keepingCapacity: true)
        }
        let messages = try families(bytes)
        #expect(messages.count == 2)
        for message in messages {
            let metrics = try message.messages(4)
            #expect(try metrics.map { try $0.messages(1).last?.text(2) } == bounds.indices.map(String.init))
            #expect(try metrics[1].messages(1).first?.text(2) == "\"\\\n1")
            let found = try metrics.map { try $0.messages(7).flatMap { try $0.messages(3) }.map { $0.double(2) } }
            #expect(found == bounds.map { $0 + [.infinity] })
            #expect(try metrics.map { try $0.messages(7).first?.integer(1) } == bounds.map { UInt64($0.count) })
        }
    }
}
