/// Writes messages into memory that somebody else owns.
///
/// - Invariant: What is written between two calls of ``flush(to:)`` fits. The caller measures it with ``ProtobufLength``
///   first; a message that is being written takes no more than when it is finished, since its length only makes room.
struct ProtobufWriter: ProtobufOutput {
    private let memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

    /// How many bytes still fit.
    var room: Int { memory.count - count }

    /// Appends what was written to `bytes`, and begins anew.
    mutating func flush(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: memory[..<count])
        count = 0
    }

    mutating func append(_ byte: UInt8) {
        memory[count] = byte
        count += 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, let start = memory.baseAddress else { return }
        assert(bytes.count <= room)
        (start + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(fixed value: UInt64) {
        assert(room >= 8)
        UnsafeMutableRawBufferPointer(memory).storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt64.self)
        count += 8
    }

    /// Most messages are so short that their length takes one byte: that one is kept free, and a longer message is moved.
    mutating func begin(_ number: UInt8) -> Int {
        append(number << 3 | 2)
        count += 1
        return count
    }

    mutating func end(_ beginning: Int) {
        let length = count - beginning
        count = beginning - 1
        if length < 0x80 {
            append(UInt8(truncatingIfNeeded: length))
        } else if let start = memory.baseAddress {
            let place = count + Self.varintLength(UInt64(length))
            (start + place).update(from: start + beginning, count: length)
            append(varint: UInt64(length))
        }
        count += length
    }
}
