/// Where messages in protobuf's wire format go: into memory, or nowhere, where only their length is asked for.
///
/// The same code makes both, so that the length in front of a message is that of what follows.
///
/// Written by hand: five messages with twenty fields need four of the format's primitives, and the generated code of
/// swift-protobuf would bring every app a package many times the size of this runtime. It is as safe: nothing here reads,
/// and what is written is held against the generated code of other clients and a real Prometheus in the tests.
protocol ProtobufOutput {
    mutating func append(_ byte: UInt8)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>)
    /// Appends a base-128 number.
    mutating func append(varint value: UInt64)
    /// Appends eight bytes, the lowest first.
    mutating func append(fixed value: UInt64)
    /// Begins a message: its tag, and its length as soon as that is known.
    ///
    /// - Returns: What ``end(_:)`` is to be called with.
    mutating func begin(_ number: UInt8) -> Int
    /// Ends a message.
    mutating func end(_ beginning: Int)
}

extension ProtobufOutput {
    /// How many bytes a base-128 number takes.
    static func varintLength(_ value: UInt64) -> Int {
        value < 0x80 ? 1 : (64 - value.leadingZeroBitCount + 6) / 7
    }

    mutating func field(_ number: UInt8, varint value: UInt64) {
        append(number << 3)
        append(varint: value)
    }

    mutating func field(_ number: UInt8, double value: Double) {
        append(number << 3 | 1)
        append(fixed: value.bitPattern)
    }

    mutating func field(_ number: UInt8, bytes: UnsafeBufferPointer<UInt8>) {
        append(number << 3 | 2)
        append(varint: UInt64(bytes.count))
        append(bytes)
    }

    mutating func field(_ number: UInt8, text: String) {
        var text = text
        text.withUTF8 { field(number, bytes: $0) }
    }

    /// Appends the bytes that a label's escaped value stands for.
    mutating func field(_ number: UInt8, unescaped value: UnsafeBufferPointer<UInt8>) {
        let field = begin(number)
        var isEscaped = false
        for byte in value {
            if isEscaped {
                append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                append(byte)
            }
        }
        end(field)
    }

    /// Appends a time as `google.protobuf.Timestamp`.
    mutating func field(_ number: UInt8, unixSeconds: Double) {
        // Beyond that no calendar of protobuf's goes (year 9999); a time that is no number is left out.
        guard unixSeconds > -62_135_596_800, unixSeconds < 253_402_300_800 else { return }
        let seconds = unixSeconds.rounded(.down)
        let message = begin(number)
        field(1, varint: UInt64(bitPattern: Int64(seconds)))
        field(2, varint: UInt64(min(999_999_999, (unixSeconds - seconds) * 1e9)))
        end(message)
    }
}
