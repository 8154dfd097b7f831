/// Protobuf's wire format, as far as `metrics.proto` uses it.
///
/// Written by hand: five messages with twenty fields need four of its primitives, and the generated code of swift-protobuf
/// would bring every app a package many times the size of this runtime. It is as safe: nothing here reads, and what is
/// written is held against the generated code of other clients and a real Prometheus in the tests.
struct ProtobufWriter {
    private(set) var bytes: [UInt8]

    /// Writes behind what is there already.
    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ other: ProtobufWriter) { bytes.append(contentsOf: other.bytes) }

    /// Appends a base-128 number.
    mutating func varint(_ value: UInt64) {
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
        varint(number << 3)
        varint(value)
    }

    mutating func field(_ number: UInt64, double value: Double) {
        varint(number << 3 | 1)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func field(_ number: UInt64, bytes value: some Collection<UInt8>) {
        varint(number << 3 | 2)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// Appends the bytes that a label's escaped value stands for.
    mutating func field(_ number: UInt64, unescaped value: Slice<UnsafeBufferPointer<UInt8>>) {
        guard value.contains(UInt8(ascii: "\\")) else { return field(number, bytes: value) }
        field(number) { $0.appendUnescaped(value) }
    }

    private mutating func appendUnescaped(_ value: Slice<UnsafeBufferPointer<UInt8>>) {
        var isEscaped = false
        for byte in value {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
    }

    /// Appends a message that `body` writes.
    ///
    /// Most are so short that their length takes one byte: that one is kept free, and a longer message makes room.
    mutating func field(_ number: UInt64, message body: (inout ProtobufWriter) -> Void) {
        varint(number << 3 | 2)
        let place = bytes.count
        bytes.append(0)
        body(&self)
        var length = UInt64(bytes.count - place - 1)
        let more = Self.varintLength(length) - 1
        if more > 0 { bytes.insert(contentsOf: repeatElement(0, count: more), at: place) }
        for index in place..<place + more {
            bytes[index] = UInt8(truncatingIfNeeded: length) | 0x80
            length >>= 7
        }
        bytes[place + more] = UInt8(truncatingIfNeeded: length)
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
