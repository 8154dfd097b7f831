import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Float texts", .blocking)
struct FloatTextTests {
    @Test(
        "Known numbers in every style",
        arguments: [
            (0.0, "0", "0.0", "0.0"),
            (-0.0, "0", "0.0", "-0.0"),
            (1, "1", "1.0", "1.0"),
            (-17, "-17", "-17.0", "-17.0"),
            (999_999, "999999", "999999.0", "999999.0"),
            (1_000_000, "1e+06", "1e+06", "1e+06"),
            (-1_000_000, "-1e+06", "-1e+06", "-1000000.0"),
            (-1_234_567.5, "-1.2345675e+06", "-1.2345675e+06", "-1234567.5"),
            (-1e15, "-1e+15", "-1e+15", "-1000000000000000.0"),
            (-1e16, "-1e+16", "-1e+16", "-1e+16"),
            (9_007_199_254_740_992, "9.007199254740992e+15", "9.007199254740992e+15", "9.007199254740992e+15"),
            (1e21, "1e+21", "1e+21", "1e+21"),
            (0.1, "0.1", "0.1", "0.1"),
            (0.000_001, "1e-06", "1e-06", "1e-06"),
            (0.0001, "0.0001", "0.0001", "0.0001"),
            (0.000_099, "9.9e-05", "9.9e-05", "9.9e-05"),
            (0.001_000_5, "0.0010005", "0.0010005", "0.0010005"),
            (123_456.789_012, "123456.789012", "123456.789012", "123456.789012"),
            (0.1 + 0.2, "0.30000000000000004", "0.30000000000000004", "0.30000000000000004"),
            (.leastNonzeroMagnitude, "5e-324", "5e-324", "5e-324"),
            (
                -2.2250738585072014e-308, "-2.2250738585072014e-308", "-2.2250738585072014e-308",
                "-2.2250738585072014e-308"
            ),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308", "1.7976931348623157e+308", "1.7976931348623157e+308"),
            (.infinity, "+Inf", "+Inf", "+Inf"),
            (-.infinity, "-Inf", "-Inf", "-Inf"),
            (.nan, "NaN", "NaN", "NaN"),
        ]
    )
    func known(value: Double, text: String, openMetrics: String, python: String) {
        #expect(FloatText.string(value, .text) == text)
        #expect(FloatText.string(value, .openMetrics) == openMetrics)
        #expect(FloatText.string(value, .python) == python)
    }

    @Test("Every text gives its number back, from whichever path")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let bits = Double(bitPattern: random.next())
            let short = Double(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)) / 1000
            let uniform = Double.random(in: -2_000_000...2_000_000, using: &random)
            for value in [bits, short, uniform] where value.isFinite {
                for style in [FloatText.Style.text, .openMetrics, .python] {
                    #expect(Double(FloatText.string(value, style)) == value)
                }
                #expect(FloatText.string(value, .text).utf8.count <= value.description.utf8.count + "e+06".count)
            }
        }
    }

    @Test("Python's texts", .enabled(if: PeerData.isPresent, PeerData.absence))
    func pythonVectors() throws {
        let rows = try PeerData.table("fixtures/multiprocess/vectors/float_to_string.tsv")
        #expect(rows.count > 400)
        for row in rows {
            let value = Double(bitPattern: try #require(UInt64(row[0], radix: 16)))
            #expect(FloatText.string(value, .python) == row[1])
        }
    }

    @Test("Go's texts", .enabled(if: PeerData.isPresent, PeerData.absence))
    func goOracle() throws {
        let rows = try PeerData.table("corpora/go-float-oracle/floats.tsv")
        #expect(rows.count > 8_000)
        for row in rows {
            let value = Double(bitPattern: try #require(UInt64(row[0], radix: 16)))
            #expect(FloatText.string(value, .text) == row[1])
            #expect(FloatText.string(value, .openMetrics) == row[2])
        }
    }

    @Test("Numbers that Python's client writes now", .enabled(if: PythonPeer.isPresent, PythonPeer.absence))
    func pythonTwin() throws {
        let printed = try PythonPeer.run(
            """
            import random, struct
            from prometheus_client.utils import floatToGoString
            r = random.Random(7)
            values = [struct.unpack('<d', struct.pack('<Q', r.getrandbits(64)))[0] for _ in range(4000)]
            values += [s * r.randrange(10 ** e) / 10 ** p for s in (1, -1) for e in range(1, 20) for p in range(8)]
            values += [s * 10.0 ** e for s in (1, -1) for e in range(-30, 30)]
            for v in values:
                print('%016x\\t%s' % (struct.unpack('<Q', struct.pack('<d', v))[0], floatToGoString(v)))
            """
        )
        let rows = printed.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(rows.count > 4_300)
        for row in rows {
            let value = Double(bitPattern: try #require(UInt64(row[0], radix: 16)))
            #expect(FloatText.string(value, .python) == row[1])
        }
    }
}
