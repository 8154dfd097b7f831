#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The values of a metric's open labels at one call, without an array where there are few of them.
protocol OpenLabelValues {
    /// How many there are.
    var count: Int { get }
    /// Calls `body` with the UTF-8 of each value in order, until it returns `false`; whether it never did.
    func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool
}

extension OpenLabelValues {
    /// The hash of these values and the index over the closed labels.
    @inline(__always)
    func hash(closed: UInt32) -> UInt64 {
        var hash = LabelHash(closed: closed)
        _ = allSatisfy { bytes in
            hash.combine(bytes)
            return true
        }
        return hash.value
    }

    /// Whether a series has these values.
    @inline(__always)
    func matches(_ record: UnsafeMutablePointer<_SeriesRecord>, closed: UInt32) -> Bool {
        guard record.pointee.closed == closed else { return false }
        var stored = record.pointee.openLabels
        return allSatisfy { bytes in
            let length = Int(stored.loadUnaligned(as: UInt32.self))
            guard length == bytes.count else { return false }
            let text = stored + 4
            stored += 4 + length
            return Self.areEqual(text, UnsafeRawBufferPointer(bytes))
        }
    }

    /// Whether memory holds these bytes. Most values are short, and a call of `memcmp` costs more than comparing them.
    @inline(__always)
    private static func areEqual(_ stored: UnsafeRawPointer, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        guard let start = bytes.baseAddress else { return true }
        func same<Word: BitwiseCopyable & Equatable>(_ offset: Int, _ type: Word.Type) -> Bool {
            stored.loadUnaligned(fromByteOffset: offset, as: type)
                == start.loadUnaligned(fromByteOffset: offset, as: type)
        }
        // The second word of each pair overlaps the first where the length is no multiple.
        switch count {
        case 17...: return memcmp(stored, start, count) == 0
        case 8...16: return same(0, UInt64.self) && same(count - 8, UInt64.self)
        case 4...7: return same(0, UInt32.self) && same(count - 4, UInt32.self)
        case 1...3: return same(0, UInt8.self) && same(count / 2, UInt8.self) && same(count - 1, UInt8.self)
        default: return true
        }
    }

    /// The values as arrays of bytes, for the slow path.
    var bytes: [[UInt8]] {
        var result: [[UInt8]] = []
        result.reserveCapacity(count)
        _ = allSatisfy { bytes in
            result.append([UInt8](bytes))
            return true
        }
        return result
    }
}

extension String {
    /// Calls `body` with the UTF-8. Done once a call and value: what a short string holds is first copied to memory.
    @inline(__always)
    func withLabelBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        // A string bridged from Objective-C.
        return [UInt8](utf8).withUnsafeBufferPointer(body)
    }
}

struct NoOpenLabels: OpenLabelValues {
    var count: Int { 0 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool { true }
}

struct OneOpenLabel: OpenLabelValues {
    let first: UnsafeBufferPointer<UInt8>
    var count: Int { 1 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool { body(first) }

    /// Calls `body` with the UTF-8 of the value.
    @inline(__always)
    static func with<Result>(_ first: String, _ body: (Self) -> Result) -> Result {
        first.withLabelBytes { body(Self(first: $0)) }
    }
}

struct TwoOpenLabels: OpenLabelValues {
    let first: UnsafeBufferPointer<UInt8>
    let second: UnsafeBufferPointer<UInt8>
    var count: Int { 2 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        body(first) && body(second)
    }

    /// Calls `body` with the UTF-8 of the values.
    @inline(__always)
    static func with<Result>(_ first: String, _ second: String, _ body: (Self) -> Result) -> Result {
        first.withLabelBytes { first in second.withLabelBytes { body(Self(first: first, second: $0)) } }
    }
}

struct ThreeOpenLabels: OpenLabelValues {
    let first: UnsafeBufferPointer<UInt8>
    let second: UnsafeBufferPointer<UInt8>
    let third: UnsafeBufferPointer<UInt8>
    var count: Int { 3 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        body(first) && body(second) && body(third)
    }

    /// Calls `body` with the UTF-8 of the values.
    @inline(__always)
    static func with<Result>(_ first: String, _ second: String, _ third: String, _ body: (Self) -> Result) -> Result {
        first.withLabelBytes { first in
            second.withLabelBytes { second in
                third.withLabelBytes { body(Self(first: first, second: second, third: $0)) }
            }
        }
    }
}

/// Any number of values, of which an array is there already.
struct ManyOpenLabels: OpenLabelValues {
    let values: [String]
    var count: Int { values.count }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        for value in values where !value.withLabelBytes(body) { return false }
        return true
    }
}

/// Four values: rare enough that each look at them may take their bytes anew.
struct FourOpenLabels: OpenLabelValues {
    let first: String
    let second: String
    let third: String
    let fourth: String
    var count: Int { 4 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        first.withLabelBytes(body) && second.withLabelBytes(body) && third.withLabelBytes(body)
            && fourth.withLabelBytes(body)
    }
}

/// Values in the form in which the slow path holds them.
struct OpenLabelBytes: OpenLabelValues {
    let values: [[UInt8]]
    var count: Int { values.count }
    func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        for value in values where !value.withUnsafeBufferPointer(body) { return false }
        return true
    }
}
