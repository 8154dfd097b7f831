/// The values of a metric's open labels at one call, without an array where there are few of them.
protocol OpenLabelValues {
    /// How many there are.
    var count: Int { get }
    /// Calls `body` with each value in order, until it returns `false`; whether it never did.
    func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool
}

extension OpenLabelValues {
    /// The hash of these values and the index over the closed labels.
    @inline(__always)
    func hash(closed: UInt32) -> UInt64 {
        var hash = LabelHash(closed: closed)
        _ = allSatisfy { value in
            hash.combine(value)
            return true
        }
        return hash.value
    }

    /// Whether a series has these values.
    @inline(__always)
    func matches(_ record: UnsafePointer<_SeriesRecord>, closed: UInt32) -> Bool {
        guard record.pointee.closed == closed else { return false }
        var stored = _SeriesRecord.openLabels(of: record)
        return allSatisfy { value in
            let other = LabelValue(storedAt: stored)
            guard value == other else { return false }
            stored += other.storedLength
            return true
        }
    }

    /// Calls `body` with the values as a list.
    func withList<Result>(_ body: (LabelList) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: LabelValue.self, capacity: max(count, 1)) { values in
            var index = 0
            _ = allSatisfy { value in
                values.initializeElement(at: index, to: value)
                index += 1
                return true
            }
            return body(LabelList(values: UnsafeBufferPointer(rebasing: values[0..<index])))
        }
    }
}

struct NoOpenLabels: OpenLabelValues {
    var count: Int { 0 }
    @inline(__always) func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool { true }
}

struct OneOpenLabel: OpenLabelValues {
    let first: LabelValue
    var count: Int { 1 }
    @inline(__always) func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool { body(first) }
}

struct TwoOpenLabels: OpenLabelValues {
    let first: LabelValue
    let second: LabelValue
    var count: Int { 2 }
    @inline(__always) func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool { body(first) && body(second) }
}

struct ThreeOpenLabels: OpenLabelValues {
    let first: LabelValue
    let second: LabelValue
    let third: LabelValue
    var count: Int { 3 }
    @inline(__always) func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool {
        body(first) && body(second) && body(third)
    }
}

struct FourOpenLabels: OpenLabelValues {
    let first: LabelValue
    let second: LabelValue
    let third: LabelValue
    let fourth: LabelValue
    var count: Int { 4 }
    @inline(__always) func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool {
        body(first) && body(second) && body(third) && body(fourth)
    }
}

/// Any number of values: what the slow path works on.
struct LabelList: OpenLabelValues {
    let values: UnsafeBufferPointer<LabelValue>
    var count: Int { values.count }

    @inline(__always)
    func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool {
        for value in values where !body(value) { return false }
        return true
    }

    /// Calls `body` with the values of these texts.
    static func with<Result>(_ texts: [String], _ body: (LabelList) -> Result) -> Result {
        withExtendedLifetime(texts) {
            withUnsafeTemporaryAllocation(of: LabelValue.self, capacity: max(texts.count, 1)) { values in
                for (index, text) in texts.enumerated() {
                    guard LabelValue.readsStrings, let value = LabelValue(text) else {
                        return withCopies(texts, values, body)
                    }
                    values.initializeElement(at: index, to: value)
                }
                return body(LabelList(values: UnsafeBufferPointer(rebasing: values[0..<texts.count])))
            }
        }
    }

    /// The same for texts that cannot be read where they are.
    private static func withCopies<Result>(
        _ texts: [String],
        _ values: UnsafeMutableBufferPointer<LabelValue>,
        _ body: (LabelList) -> Result
    ) -> Result {
        // One byte more, so that it always has an address.
        let copy = texts.flatMap(\.utf8) + [0]
        return copy.withUnsafeBytes { bytes in
            var start = 0
            for (index, text) in texts.enumerated() {
                let end = start + text.utf8.count
                guard let base = bytes.baseAddress else { break }
                values.initializeElement(at: index, to: LabelValue(base + start, count: end - start))
                start = end
            }
            return body(LabelList(values: UnsafeBufferPointer(rebasing: values[0..<texts.count])))
        }
    }
}

/// The values as they are stored one behind the other, in a record that is never freed.
struct StoredLabels: OpenLabelValues {
    let start: UnsafeRawPointer
    let count: Int

    func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool {
        var position = start
        for _ in 0..<count {
            let value = LabelValue(storedAt: position)
            guard body(value) else { return false }
            position += value.storedLength
        }
        return true
    }
}
