import MetricDefinitions
import Testing

/// The core schema of YAML 1.2, and nothing of YAML 1.1.
@Suite struct YAMLScalarTests {
    @Test(arguments: [
        "no", "yes", "on", "off", "y", "1_000", "12:30", "0b1", "1e", "+", ".", "--1", "0x", "nUll", "inf", "1 2",
    ])
    func isText(_ text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).value == .string)
    }

    @Test(arguments: [
        ("", YAMLScalar.Value.null), ("~", .null), ("Null", .null),
        ("true", .bool(true)), ("FALSE", .bool(false)),
        ("0", .int(0)), ("-12", .int(-12)), ("+7", .int(7)), ("0o17", .int(15)), ("0xFf", .int(255)), ("010", .int(10)),
        ("1.5", .float(1.5)), (".5", .float(0.5)), ("1.", .float(1)), ("-1e-3", .float(-0.001)),
        ("1E5", .float(100_000)),
        (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)),
        ("99999999999999999999", .float(1e20)),
    ])
    func means(text: String, value: YAMLScalar.Value) {
        #expect(YAMLScalar(text: text, isPlain: true).value == value)
    }

    @Test func quotedIsText() {
        #expect(YAMLScalar(text: "true", isPlain: false).value == .string)
        #expect(YAMLScalar(text: "", isPlain: false).value == .string)
    }
}
