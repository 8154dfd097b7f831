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
            guard let start = bytes.baseAddress else { return true }
            return memcmp(text, start, length) == 0
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
    @inline(__always)
    fileprivate func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
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
    let first: String
    var count: Int { 1 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool { first.withBytes(body) }
}

struct TwoOpenLabels: OpenLabelValues {
    let first: String
    let second: String
    var count: Int { 2 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        first.withBytes(body) && second.withBytes(body)
    }
}

struct ThreeOpenLabels: OpenLabelValues {
    let first: String
    let second: String
    let third: String
    var count: Int { 3 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        first.withBytes(body) && second.withBytes(body) && third.withBytes(body)
    }
}

struct FourOpenLabels: OpenLabelValues {
    let first: String
    let second: String
    let third: String
    let fourth: String
    var count: Int { 4 }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        first.withBytes(body) && second.withBytes(body) && third.withBytes(body) && fourth.withBytes(body)
    }
}

struct ManyOpenLabels: OpenLabelValues {
    let values: [String]
    var count: Int { values.count }
    @inline(__always) func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        for value in values where !value.withBytes(body) { return false }
        return true
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
