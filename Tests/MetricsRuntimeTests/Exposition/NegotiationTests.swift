import Foundation
import MetricsRuntime
import Testing

@Suite("Negotiation")
struct NegotiationTests {
    private static let protobuf =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

    @Test(
        "What scrapers send",
        arguments: [
            // Prometheus 2.42, without and with native histograms.
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
            ),
            (
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                protobuf + "; escaping=underscores"
            ),
            // Prometheus 3.14.
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8"
            ),
            (
                "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"
            ),
            // A browser and curl.
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
                "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"
            ),
            ("*/*", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"),
        ]
    )
    func scrapers(accept: String, contentType: String) {
        #expect(NegotiatedFormat(accept: accept).contentType == contentType)
    }

    @Test(
        "Qualities, versions and what is no header at all",
        arguments: [
            ("application/openmetrics-text", "application/openmetrics-text; version=1.0.0"),
            ("application/openmetrics-text;version=0.0.1", "application/openmetrics-text; version=0.0.1"),
            ("application/openmetrics-text;version=2.0.0", "text/plain"),
            ("application/openmetrics-text;q=0", "text/plain"), ("application/openmetrics-text;q=0,*/*", "text/plain"),
            ("text/plain;q=0.1,application/openmetrics-text;q=0.2", "application/openmetrics-text; version=1.0.0"),
            ("text/plain,application/openmetrics-text", "text/plain"),
            ("application/openmetrics-text;q=abc,text/plain;q=0.9", "application/openmetrics-text"),
            ("application/openmetrics-text;q=1e9,text/plain;q=1", "application/openmetrics-text"),
            ("application/openmetrics-text;q=-1,text/plain;q=0.1", "text/plain"),
            ("APPLICATION/OpenMetrics-Text; VERSION=1.0.0", "application/openmetrics-text"),
            (#"x/y;a="b,application/openmetrics-text",text/plain;q=0.5"#, "text/plain"),
            (#"application/openmetrics-text;version="1.0.0""#, "application/openmetrics-text; version=1.0.0"),
            ("application/vnd.google.protobuf", "text/plain"),
            ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text", "text/plain"),
            ("text/html", "text/plain"), (";;;,,,", "text/plain"), ("\"", "text/plain"), ("\u{0}\u{1}", "text/plain"),
            ("text/plain;escaping=evil\r\nX: y", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"),
        ]
    )
    func qualities(accept: String, prefix: String) {
        let negotiated = NegotiatedFormat(accept: accept)
        #expect(negotiated.contentType.hasPrefix(prefix))
        #expect(negotiated.contentType.hasPrefix(negotiated.format.contentType.prefix { $0 != ";" }))
    }

    @Test("Without a header, the format and nothing more")
    func none() {
        #expect(NegotiatedFormat(accept: nil).contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(NegotiatedFormat(accept: "").contentType == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test("A header of any length is one answer, of a bounded part of it")
    func long() {
        let clause = "application/openmetrics-text;version=9;q=0.5"
        let header = Array(repeating: clause, count: 10_000).joined(separator: ",")
        #expect(AcceptClause.parse(header).count == AcceptClause.mostClauses)
        #expect(NegotiatedFormat(accept: header).format == .text)
        #expect(NegotiatedFormat(accept: String(repeating: "\"", count: 65_536)).format == .text)
        #expect(NegotiatedFormat(accept: String(repeating: ";", count: 65_536)).format == .text)
    }

    @Test("Go's table", .enabled(if: PeerData.isPresent, PeerData.absence))
    func table() throws {
        let folder = try #require(PeerData.root).appendingPathComponent("corpora/prometheus-common/negotiation")
        var compared = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let row = try #require(object["row"] as? [String: Any])
            let accept = try #require(row["acceptHeaderValue"] as? String)
            var expected = try #require(row["expectedFmt"] as? String)
            // Protobuf as text, for people's eyes, is no format of ours.
            if expected.contains("encoding=text") || expected.contains("encoding=compact-text") {
                expected = "text/plain; version=0.0.4; charset=utf-8"
            }
            let formats = (row["acceptedFormats"] as? [[String: String]])?.compactMap { $0["$id"] } ?? []
            let offered: [ExpositionFormat] =
                formats.isEmpty
                ? (name.contains("OpenMetrics") ? [.openMetrics, .protobuf, .text] : [.protobuf, .text])
                : formats.map { $0 == "FmtText" ? .text : $0 == "FmtProtoDelim" ? .protobuf : .openMetrics }
            // The tables are made for two settings of what stands where nothing is asked for.
            let escaping: EscapingScheme = expected.hasSuffix("escaping=values") ? .values : .underscores
            let found = NegotiatedFormat(accept: accept, offering: offered, defaultEscaping: escaping)
            #expect(found.contentType.hasPrefix(expected), "\(name): \(accept)")
            compared += 1
        }
        #expect(compared >= 15)
    }

    @Test(
        "Codings",
        arguments: [
            (nil, "identity"), ("", "identity"), ("gzip", "gzip"), ("zstd,gzip", "gzip"), ("gzip;q=0", "identity"),
            ("*", "identity"), ("identity;q=0", "identity"), ("identity;q=0, *", "gzip"), ("gzip, gzip", "gzip"),
            ("gzip;q=0.5, identity", "identity"), ("gzip;q=0.5, identity;q=0.5", "gzip"), ("GZIP", "gzip"),
            ("br, deflate", "identity"), ("x-gzip", "gzip"), ("gzip;q=0, *;q=1", "identity"), ("identity", "identity"),
            ("gzip;q=abc", "gzip"),
        ] as [(String?, String)]
    )
    func codings(header: String?, coding: String) {
        #expect(ContentCoding(acceptEncoding: header).rawValue == coding)
    }
}
