internal import Synchronization

/// How many series a family may make, and how many values its labels may have.
///
/// Both bounds end in series whose values read `__overflow__`. Once a bound is reached, an update past it must cost what
/// any other does; so what is past a bound is found out without a lock: `folds` and `isFull` need none. The rest is
/// guarded by `StructureLock`.
final class SeriesBounds: @unchecked Sendable {
    /// What stands for all values past a bound.
    static let overflowValue: LabelValue = {
        let text = "__overflow__"
        return LabelList.with([text]) { $0.values[0] }
    }()

    private let maxSeries: Int
    /// By open label; `nil` for those without a bound.
    private let labels: [BoundedLabelValues?]
    private let hasBoundedLabels: Bool
    private let full: Atomic<Bool>
    /// The series that this process made and did not remove, but for those of the overflow value alone.
    private var created = 0
    /// The bound of the only label of a metric, whose values are as many as its series: no need to keep them twice.
    private let maxValuesOfOnlyLabel: Int?
    private let onlyLabelExhausted: Atomic<Bool>
    private var valuesOfOnlyLabel = 0

    init(_ descriptor: MetricDescriptor, layout: LabelLayout) {
        // Without open labels there is nothing to fold.
        maxSeries = layout.open.isEmpty ? .max : descriptor.maxSeries
        full = Atomic(maxSeries <= 0)
        maxValuesOfOnlyLabel = layout.openCount == 1 && layout.closedCount == 1 ? layout.open[0].maxValues : nil
        onlyLabelExhausted = Atomic(maxValuesOfOnlyLabel.map { $0 <= 0 } ?? false)
        labels =
            maxValuesOfOnlyLabel == nil ? layout.open.map { $0.maxValues.map(BoundedLabelValues.init) } : [nil]
        hasBoundedLabels = labels.contains { $0 != nil }
    }

    /// Whether no other series may be made, but for those of the overflow value.
    var isFull: Bool { full.load(ordering: .acquiring) }

    /// The open labels whose values are past their bounds, as bits.
    ///
    /// For labels that no series has.
    func folds(_ values: some OpenLabelValues) -> UInt64 {
        if onlyLabelExhausted.load(ordering: .acquiring) {
            return values.allSatisfy { $0 == Self.overflowValue } ? 0 : 1
        }
        guard hasBoundedLabels else { return 0 }
        var mask: UInt64 = 0
        var index = 0
        _ = values.allSatisfy { value in
            // A bound on the 65th label would have no bit; it is not kept.
            if index < 64, let label = labels[index], label.isExhausted, !(value == Self.overflowValue),
                !label.contains(value)
            {
                mask |= 1 << UInt64(index)
            }
            index += 1
            return index < labels.count
        }
        return mask
    }

    /// Notes a new series.
    func hold(_ values: some OpenLabelValues, isAdopted: Bool, _ records: RecordArena) {
        forEachBounded(values) { $0?.hold($1, records) }
        count(values, isAdopted: isAdopted, by: 1)
    }

    /// Notes that a series was removed.
    func release(_ values: some OpenLabelValues, isAdopted: Bool) {
        forEachBounded(values) { $0?.release($1) }
        count(values, isAdopted: isAdopted, by: -1)
    }

    private func forEachBounded(_ values: some OpenLabelValues, _ body: (BoundedLabelValues?, LabelValue) -> Void) {
        guard hasBoundedLabels else { return }
        var index = 0
        _ = values.allSatisfy { value in
            if !(value == Self.overflowValue) { body(labels[index], value) }
            index += 1
            return index < labels.count
        }
    }

    private func count(_ values: some OpenLabelValues, isAdopted: Bool, by change: Int) {
        // What stands for everything past the bound takes no place: there is one for each combination of closed labels at
        // most, it must always be there, and it must not keep others out once there is room again.
        guard !values.allSatisfy({ $0 == Self.overflowValue }) else { return }
        if !isAdopted { created += change }
        full.store(created >= maxSeries, ordering: .releasing)
        guard let most = maxValuesOfOnlyLabel else { return }
        valuesOfOnlyLabel += change
        onlyLabelExhausted.store(valuesOfOnlyLabel >= most, ordering: .releasing)
    }
}

/// Values of which some are replaced by the overflow value.
struct FoldedOpenLabels<Values: OpenLabelValues>: OpenLabelValues {
    let values: Values
    /// The replaced ones, as bits; all where every bit is set.
    let mask: UInt64

    var count: Int { values.count }

    @inline(__always)
    func allSatisfy(_ body: (LabelValue) -> Bool) -> Bool {
        var index: UInt64 = 0
        let overflow = SeriesBounds.overflowValue
        return values.allSatisfy { value in
            let isFolded = mask == .max || (index < 64 && mask & (1 << index) != 0)
            index += 1
            return body(isFolded ? overflow : value)
        }
    }
}
