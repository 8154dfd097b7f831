internal import Synchronization

/// How many series a family may make, and how many values its labels may have.
///
/// Both bounds end in series whose values read `__overflow__`. Once a bound is reached, an update past it must cost what
/// any other does; so what is past a bound is found out without a lock: `folds` and `isFull` need none. The rest is
/// guarded by `StructureLock`.
final class SeriesBounds: @unchecked Sendable {
    /// What stands for all values past a bound.
    static let overflowValue = [UInt8]("__overflow__".utf8)

    private let maxSeries: Int
    /// By open label; `nil` for those without a bound.
    private let labels: [BoundedLabelValues?]
    private let hasBoundedLabels: Bool
    private let full: Atomic<Bool>
    private var created = 0

    init(maxSeries: Int, openLabels: [MetricDescriptor.Label]) {
        // Without open labels there is nothing to fold.
        self.maxSeries = openLabels.isEmpty ? .max : maxSeries
        labels = openLabels.map { label in label.maxValues.map(BoundedLabelValues.init) }
        hasBoundedLabels = labels.contains { $0 != nil }
        full = Atomic(self.maxSeries <= 0)
    }

    /// Whether no other series may be made, but for those of the overflow value.
    var isFull: Bool { full.load(ordering: .acquiring) }

    /// The open labels whose values are past their bounds, as bits.
    func folds(_ values: some OpenLabelValues) -> UInt64 {
        guard hasBoundedLabels else { return 0 }
        var mask: UInt64 = 0
        var index = 0
        _ = values.allSatisfy { bytes in
            // A bound on the 65th label would have no bit; it is not kept.
            if index < 64, let label = labels[index], label.isExhausted, !bytes.elementsEqual(Self.overflowValue),
                !label.contains(bytes)
            {
                mask |= 1 << UInt64(index)
            }
            index += 1
            return index < labels.count
        }
        return mask
    }

    /// Notes a new series.
    func hold(_ values: [[UInt8]], isAdopted: Bool, _ records: RecordArena) {
        for (value, label) in zip(values, labels) where value != Self.overflowValue { label?.hold(value, records) }
        if !isAdopted { created += 1 }
        full.store(created >= maxSeries, ordering: .releasing)
    }

    /// Notes that a series was removed.
    func release(_ values: [[UInt8]], isAdopted: Bool) {
        for (value, label) in zip(values, labels) where value != Self.overflowValue { label?.release(value) }
        if !isAdopted { created -= 1 }
        full.store(created >= maxSeries, ordering: .releasing)
    }
}

/// Values of which some are replaced by the overflow value.
struct FoldedOpenLabels<Values: OpenLabelValues>: OpenLabelValues {
    let values: Values
    /// The replaced ones, as bits; all where every bit is set.
    let mask: UInt64

    var count: Int { values.count }

    @inline(__always)
    func allSatisfy(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        var index: UInt64 = 0
        return SeriesBounds.overflowValue.withUnsafeBufferPointer { overflow in
            values.allSatisfy { bytes in
                let isFolded = mask == .max || (index < 64 && mask & (1 << index) != 0)
                index += 1
                return body(isFolded ? overflow : bytes)
            }
        }
    }
}
