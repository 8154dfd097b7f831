/// Measures messages.
struct ProtobufLength: ProtobufOutput {
    private(set) var count = 0

    mutating func append(_ byte: UInt8) { count += 1 }
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { count += bytes.count }
    mutating func append(varint value: UInt64) { count += Self.varintLength(value) }
    mutating func append(fixed value: UInt64) { count += 8 }

    mutating func begin(_ number: UInt8) -> Int {
        defer { count = 0 }
        return count
    }

    mutating func end(_ beginning: Int) { count += beginning + 1 + Self.varintLength(UInt64(count)) }
}
