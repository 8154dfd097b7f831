/// Names, labels and help as the text formats spell them.
///
/// Whatever goes in, what comes out is valid: names lose what Prometheus' legacy character set doesn't have, values and
/// help are escaped. All input is UTF-8 that somebody has validated; a `String`'s is.
package enum SampleText {
    /// Appends a metric's name; every character that isn't in `[a-zA-Z0-9_:]` becomes `_`, and a digit in front too.
    package static func appendMetricName(_ name: some Sequence<UInt8>, to text: inout [UInt8]) {
        appendName(name, allowingColon: true, to: &text)
    }

    /// Appends a label's name; every character that isn't in `[a-zA-Z0-9_]` becomes `_`, and a digit in front too.
    package static func appendLabelName(_ name: some Sequence<UInt8>, to text: inout [UInt8]) {
        appendName(name, allowingColon: false, to: &text)
    }

    /// Appends a label's value between its quotes: backslash, quote and line feed are escaped, nothing else is.
    package static func appendLabelValue(_ value: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\"")])
            case UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
            case UInt8(ascii: "\n"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            default: text.append(byte)
            }
        }
    }

    /// Appends a help text of text 0.0.4: backslash and line feed are escaped, nothing else is.
    package static func appendHelp(_ help: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in help {
            switch byte {
            case UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
            case UInt8(ascii: "\n"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            default: text.append(byte)
            }
        }
    }

    /// Appends a help text of OpenMetrics: quotes are escaped too.
    package static func appendOpenMetricsHelp(_ help: some Sequence<UInt8>, to text: inout [UInt8]) {
        // The rules are those of a label's value.
        appendLabelValue(help, to: &text)
    }

    /// Appends `name="value"`.
    package static func appendLabel(
        name: some Sequence<UInt8>,
        value: some Sequence<UInt8>,
        to text: inout [UInt8]
    ) {
        appendLabelName(name, to: &text)
        text.append(UInt8(ascii: "="))
        text.append(UInt8(ascii: "\""))
        appendLabelValue(value, to: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// Whether a metric's name is exposed as it is.
    package static func isMetricName(_ name: some Sequence<UInt8>) -> Bool {
        isLabelName(name.lazy.map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "_") : $0 })
    }

    /// Whether a label's name is exposed as it is.
    package static func isLabelName(_ name: some Sequence<UInt8>) -> Bool {
        var isFirst = true
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: break
            default: return false
            }
            isFirst = false
        }
        return !isFirst
    }

    private static func appendName(_ name: some Sequence<UInt8>, allowingColon: Bool, to text: inout [UInt8]) {
        var isFirst = true
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                text.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: text.append(byte)
            case UInt8(ascii: ":") where allowingColon: text.append(byte)
            // One underscore for a character, not for each of its bytes.
            case 0x80..<0xc0: break
            default: text.append(UInt8(ascii: "_"))
            }
            isFirst = false
        }
        // Nothing is no name either.
        if isFirst { text.append(UInt8(ascii: "_")) }
    }
}
