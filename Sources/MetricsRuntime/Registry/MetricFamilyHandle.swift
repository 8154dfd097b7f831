public import Synchronization

/// No API: how generated code reaches the series of one family: a pointer that is good for the life of the process.
///
/// Labels come in two parts: an index over the closed sets, and the open values in their order.
@frozen public struct _MetricFamilyHandle: @unchecked Sendable {
    /// Where the family's core is.
    ///
    /// A word, though it is a pointer: every generated metric is a struct of just this, and for a struct whose bit
    /// patterns are all values the compiler makes no functions of its own.
    @usableFromInline let address: UInt

    /// The family's core; never freed.
    ///
    /// Made without a look at whether there is one: `address` comes from a pointer, so it is never 0.
    public var core: UnsafeMutablePointer<_FamilyCore> {
        @_transparent get { unsafeBitCast(address, to: UnsafeMutablePointer<_FamilyCore>?.self).unsafelyUnwrapped }
    }

    @inlinable @inline(__always)
    init(core: UnsafeMutablePointer<_FamilyCore>) {
        address = UInt(bitPattern: core)
    }

    @inline(__always)
    private var family: Family {
        Unmanaged<Family>.fromOpaque(core.pointee.family)._withUnsafeGuaranteedRef { $0 }
    }

    /// What the definition says.
    public var _descriptor: MetricDescriptor { family.descriptor }

    // MARK: Children

    /// The series of a metric without open labels.
    @inlinable @inline(__always)
    public func _child0(_ closed: UInt32) -> _SeriesHandle {
        let core = core
        if Int(closed) < core.pointee.denseCount,
            let known = _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .acquiring))
        {
            return known
        }
        return makeChild0(closed, 0)
    }

    @usableFromInline @inline(never)
    func makeChild0(_ closed: UInt32, _ value: Double) -> _SeriesHandle { family.closedChild(closed, initially: value) }

    @inline(__always)
    private func child(_ closed: UInt32, _ values: some OpenLabelValues, _ value: Double) -> _SeriesHandle {
        core.pointee.find(closed: closed, values) ?? childOutsideTable(closed, values, value)
    }

    @inline(__always)
    func child1(_ closed: UInt32, _ first: String, initially value: Double) -> _SeriesHandle {
        withExtendedLifetime(first) {
            guard core.pointee.readsStrings, let firstValue = LabelValue(first) else {
                return copiedChild(closed, [first], value)
            }
            return child(closed, OneOpenLabel(first: firstValue), value)
        }
    }

    @inline(__always)
    func child2(_ closed: UInt32, _ first: String, _ second: String, initially value: Double) -> _SeriesHandle {
        withExtendedLifetime((first, second)) {
            guard core.pointee.readsStrings, let firstValue = LabelValue(first), let secondValue = LabelValue(second)
            else { return copiedChild(closed, [first, second], value) }
            return child(closed, TwoOpenLabels(first: firstValue, second: secondValue), value)
        }
    }

    @inline(__always)
    func child3(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        initially value: Double
    ) -> _SeriesHandle {
        withExtendedLifetime((first, second, third)) {
            guard core.pointee.readsStrings, let firstValue = LabelValue(first), let secondValue = LabelValue(second),
                let thirdValue = LabelValue(third)
            else { return copiedChild(closed, [first, second, third], value) }
            return child(closed, ThreeOpenLabels(first: firstValue, second: secondValue, third: thirdValue), value)
        }
    }

    @inline(__always)
    func child4(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        _ fourth: String,
        initially value: Double
    ) -> _SeriesHandle {
        withExtendedLifetime((first, second, third, fourth)) {
            guard core.pointee.readsStrings, let firstValue = LabelValue(first), let secondValue = LabelValue(second),
                let thirdValue = LabelValue(third), let fourthValue = LabelValue(fourth)
            else { return copiedChild(closed, [first, second, third, fourth], value) }
            let values = FourOpenLabels(first: firstValue, second: secondValue, third: thirdValue, fourth: fourthValue)
            return child(closed, values, value)
        }
    }

    /// The same for any number of texts, and for such as cannot be read where they are.
    @inline(never)
    func copiedChild(_ closed: UInt32, _ values: [String], _ value: Double) -> _SeriesHandle {
        LabelList.with(values) { child(closed, $0, value) }
    }

    @inline(never)
    private func childOutsideTable(
        _ closed: UInt32,
        _ values: some OpenLabelValues,
        _ value: Double
    ) -> _SeriesHandle {
        Unmanaged<Family>.fromOpaque(core.pointee.family)._withUnsafeGuaranteedRef {
            $0.childOutsideTable(closed: closed, values, initially: value)
        }
    }

    /// The series of a metric with one open label.
    public func _child1(_ closed: UInt32, _ first: String) -> _SeriesHandle {
        child1(closed, first, initially: 0)
    }

    /// The series of a metric with two open labels.
    public func _child2(_ closed: UInt32, _ first: String, _ second: String) -> _SeriesHandle {
        child2(closed, first, second, initially: 0)
    }

    /// The series of a metric with three open labels.
    public func _child3(_ closed: UInt32, _ first: String, _ second: String, _ third: String) -> _SeriesHandle {
        child3(closed, first, second, third, initially: 0)
    }

    /// The series of a metric with four open labels.
    public func _child4(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        _ fourth: String
    ) -> _SeriesHandle {
        child4(closed, first, second, third, fourth, initially: 0)
    }

    /// The series of a metric with any number of open labels.
    public func _childN(_ closed: UInt32, _ values: [String]) -> _SeriesHandle {
        _childN(closed, values, initially: 0)
    }

    /// The series with one value a label, in the order of the labels.
    public func _child(values: [String]) -> _SeriesHandle {
        guard let (closed, open) = family.split(values) else { return family.strayChild() }
        return open.isEmpty ? _child0(closed) : _childN(closed, open)
    }

    // MARK: Series that may not exist

    /// The series of a metric without open labels, if there is one.
    public func _find0(_ closed: UInt32) -> _SeriesHandle? { family.findClosed(closed) }

    /// The series of a metric with one open label, if there is one.
    public func _find1(_ closed: UInt32, _ first: String) -> _SeriesHandle? {
        _findN(closed, [first])
    }

    /// The series of a metric with two open labels, if there is one.
    public func _find2(_ closed: UInt32, _ first: String, _ second: String) -> _SeriesHandle? {
        _findN(closed, [first, second])
    }

    /// The series of a metric with three open labels, if there is one.
    public func _find3(_ closed: UInt32, _ first: String, _ second: String, _ third: String) -> _SeriesHandle? {
        _findN(closed, [first, second, third])
    }

    /// The series of a metric with four open labels, if there is one.
    public func _find4(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        _ fourth: String
    ) -> _SeriesHandle? {
        _findN(closed, [first, second, third, fourth])
    }

    /// The series of a metric with any number of open labels, if there is one.
    public func _findN(_ closed: UInt32, _ values: [String]) -> _SeriesHandle? {
        LabelList.with(values) { core.pointee.find(closed: closed, $0) }
    }

    // MARK: Removing

    /// Removes the series of a metric without open labels.
    public func _remove0(_ closed: UInt32) { family.remove(closed: closed, NoOpenLabels()) }

    /// Removes the series of a metric with one open label.
    public func _remove1(_ closed: UInt32, _ first: String) { _removeN(closed, [first]) }

    /// Removes the series of a metric with two open labels.
    public func _remove2(_ closed: UInt32, _ first: String, _ second: String) { _removeN(closed, [first, second]) }

    /// Removes the series of a metric with three open labels.
    public func _remove3(_ closed: UInt32, _ first: String, _ second: String, _ third: String) {
        _removeN(closed, [first, second, third])
    }

    /// Removes the series of a metric with four open labels.
    public func _remove4(_ closed: UInt32, _ first: String, _ second: String, _ third: String, _ fourth: String) {
        _removeN(closed, [first, second, third, fourth])
    }

    /// Removes the series of a metric with any number of open labels.
    public func _removeN(_ closed: UInt32, _ values: [String]) {
        LabelList.with(values) { family.remove(closed: closed, $0) }
    }

    /// Removes the series with one value a label, in the order of the labels.
    public func _remove(values: [String]) {
        guard let (closed, open) = family.split(values) else { return }
        _removeN(closed, open)
    }

    /// Removes all series.
    public func _removeAll() { family.removeAll() }
}
