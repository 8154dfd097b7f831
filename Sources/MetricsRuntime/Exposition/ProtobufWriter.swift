/// Protobuf's wire format, as far as `metrics.proto` uses it.
///
/// Written by hand: five messages with twenty fields need four of its primitives, and the generated code of swift-protobuf
/// would bring every app a package many times the size of this runtime. It is as safe: nothing here reads, and what is
/// written is held against the generated code of other clients and a real Prometheus in the tests.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends a base-128 number.
    static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// How many bytes a base-128 number takes.
    static func varintLength(_ value: UInt64) -> Int {
        max(1, (64 - value.leadingZeroBitCount + 6) / 7)
    }

    mutating func field(_ number: UInt64, varint value: UInt64) {
        Self.appendVarint(number << 3, to: &bytes)
        Self.appendVarint(value, to: &bytes)
    }

    mutating func field(_ number: UInt64, double value: Double) {
        Self.appendVarint(number << 3 | 1, to: &bytes)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func field(_ number: UInt64, bytes value: some Collection<UInt8>) {
        Self.appendVarint(number << 3 | 2, to: &bytes)
        Self.appendVarint(UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    /// Appends a message that `body` writes.
    mutating func field(_ number: UInt64, message body: (inout ProtobufWriter) -> Void) {
        var message = ProtobufWriter()
        body(&message)
        field(number, bytes: message.bytes)
    }

    /// Appends a time as `google.protobuf.Timestamp`.
    mutating func field(_ number: UInt64, unixSeconds: Double) {
        // Beyond that no calendar of protobuf's goes (year 9999); a time that is no number is left out.
        guard unixSeconds > -62_135_596_800, unixSeconds < 253_402_300_800 else { return }
        let seconds = unixSeconds.rounded(.down)
        field(number) { message in
            message.field(1, varint: UInt64(bitPattern: Int64(seconds)))
            message.field(2, varint: UInt64(min(999_999_999, (unixSeconds - seconds) * 1e9)))
        }
    }
}
