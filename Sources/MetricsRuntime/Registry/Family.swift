internal import CMetricsSupport
internal import Synchronization

/// One metric in one registry: its descriptor and its series.
///
/// A family is never freed, because generated code and kept children hold plain pointers into it. Guarded by
/// `StructureLock`, except for `core`, which is read without it.
package final class Family: @unchecked Sendable {
    /// Products of closed label sets up to this size get an array; larger ones are rare and share the hash table.
    private static let largestDense = 1 << 14

    let descriptor: MetricDescriptor
    let core: UnsafeMutablePointer<_FamilyCore>
    /// Whether the family stands in expositions; not so where another metric has its name.
    let isExposed: Bool
    /// The series that were not removed, in the order of their creation.
    var series: [_SeriesHandle] = [] {
        didSet { seriesVersion += 1 }
    }
    /// Changes whenever a series comes or goes, or gets cells.
    private(set) var seriesVersion = 0
    /// Whether what the files cannot say about the family stands beside them.
    private var isDescribed = false
    /// What expositions share as long as that does not change; see `rendering`.
    private var renderingOfGeneration = (generation: metrics_fork_generation(), rendering: FamilyRendering())
    #if Redis
        /// What earlier processes left in series that stood in an adopted file, by the address of the record.
        var inherited: [UInt: InheritedValues] = [:]
    #endif
    /// What a wrong number of label values gets: a series that nobody sees.
    var stray: _SeriesHandle?

    /// Kept for good, like the family: a kept child may refuse an update after its registry is gone.
    let state: RegistryState
    let kind: FileKind
    let layout: LabelLayout
    let text: SeriesText
    let bucketBounds: (vectors: UnsafePointer<SIMD8<Double>>, count: Int)
    let bounds: SeriesBounds
    /// What the keys of all series have in common; only where values live in files.
    private(set) lazy var keyTemplate = SeriesKeyTemplate(descriptor, text: text, layout: layout)
    /// The address of the cell that counts look-ups past a bound, or 0 before the first one.
    private let foldCell = Atomic<UInt>(0)
    private var tableSlotsUsed = 0

    init(_ descriptor: MetricDescriptor, state: RegistryState, isExposed: Bool) {
        self.descriptor = descriptor
        self.state = state
        self.isExposed = isExposed
        kind = FileKind(descriptor)
        layout = LabelLayout(descriptor.labels)
        text = SeriesText(descriptor)
        bucketBounds = Self.makeBounds(descriptor, arena: state.records)
        bounds = SeriesBounds(descriptor, layout: layout)
        let denseCount = layout.openCount == 0 && layout.closedCount <= Self.largestDense ? layout.closedCount : 0
        let dense = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: max(denseCount, 1))
        for index in 0..<max(denseCount, 1) { (dense + index).initialize(to: Atomic(0)) }
        core = UnsafeMutablePointer<_FamilyCore>.allocate(capacity: 1)
        // Retained and never released: see above.
        let family = UnsafeRawPointer(Unmanaged.passRetained(self).toOpaque())
        core.initialize(
            to: _FamilyCore(
                dense: dense,
                denseCount: denseCount,
                table: Atomic(0),
                family: family,
                readsStrings: LabelValue.readsStrings
            )
        )
    }

    /// What expositions share.
    ///
    /// A forked child gets one of its own: a thread of its parent may have been at work on the other, with its lock.
    var rendering: FamilyRendering {
        let generation = metrics_fork_generation()
        if renderingOfGeneration.generation != generation {
            renderingOfGeneration = (generation, FamilyRendering())
        }
        return renderingOfGeneration.rendering
    }

    /// Notes that a series has cells that it had not.
    func noteChange() { seriesVersion += 1 }

    // MARK: Finding

    /// The series at that place of `core.dense`, made with that value if there is none.
    func closedChild(_ closed: UInt32, initially value: Double) -> _SeriesHandle {
        if Int(closed) < core.pointee.denseCount {
            if let known = _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .acquiring)) {
                return known
            }
            return makeChild(closed: closed, NoOpenLabels(), initially: value)
        }
        guard core.pointee.denseCount == 0 else { return strayChild() }
        return core.pointee.find(closed: closed, NoOpenLabels())
            ?? makeChild(closed: closed, NoOpenLabels(), initially: value)
    }

    /// The series at that place of `core.dense`, if there is one.
    func findClosed(_ closed: UInt32) -> _SeriesHandle? {
        if Int(closed) < core.pointee.denseCount {
            return _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .acquiring))
        }
        return core.pointee.find(closed: closed, NoOpenLabels())
    }

    /// The indexes and texts in which a series is found, for values in the order of the labels; `nil` if they do not
    /// fit the labels.
    func split(_ values: [String]) -> (closed: UInt32, open: [String])? {
        layout.split(values)
    }

    // MARK: Making

    /// The series for labels that the table does not have: past a bound the overflow series, which takes no lock, else
    /// a new one with that value.
    @inline(never)
    func childOutsideTable(
        closed: UInt32,
        _ values: some OpenLabelValues,
        initially value: Double
    ) -> _SeriesHandle {
        overflowChild(closed: closed, values) ?? makeChild(closed: closed, values, initially: value)
    }

    private func overflowChild(closed: UInt32, _ values: some OpenLabelValues) -> _SeriesHandle? {
        guard let address = UnsafeMutableRawPointer(bitPattern: foldCell.load(ordering: .acquiring)) else { return nil }
        let isFull = bounds.isFull
        let mask = bounds.folds(values)
        guard isFull || mask != 0 else { return nil }
        // The last one that was allowed may have been made since the table was looked at.
        if let known = core.pointee.find(closed: closed, values) { return known }
        let found =
            core.pointee.find(closed: closed, FoldedOpenLabels(values: values, mask: mask))
            ?? (isFull ? core.pointee.find(closed: closed, FoldedOpenLabels(values: values, mask: .max)) : nil)
        guard let found else { return nil }
        address.assumingMemoryBound(to: Atomic<UInt64>.self)._add(1)
        return found
    }

    /// The series with these labels, made with that value if there is none.
    func makeChild(closed: UInt32, _ values: some OpenLabelValues, initially value: Double) -> _SeriesHandle {
        values.withList { makeChild(closed: closed, $0, initially: value) }
    }

    @inline(never)
    private func makeChild(closed: UInt32, _ values: LabelList, initially value: Double) -> _SeriesHandle {
        StructureLock.withLock {
            state.settleAfterFork()
            guard values.count == layout.openCount, Int(closed) < layout.closedCount else { return lockedStrayChild() }
            // Somebody else may have made it since we looked.
            if let known = lockedFind(closed, values) { return known }
            let mask = bounds.folds(values)
            guard mask != 0 || bounds.isFull else { return make(closed: closed, values, initially: value) }
            let folded = FoldedOpenLabels(values: values, mask: mask)
            if mask != 0, let known = lockedFind(closed, folded) { return self.folded(to: known) }
            guard bounds.isFull else { return self.folded(to: make(closed: closed, folded, initially: value)) }
            let overflow = FoldedOpenLabels(values: values, mask: .max)
            let isAsked = values.allSatisfy { $0 == SeriesBounds.overflowValue }
            let series = lockedFind(closed, overflow) ?? make(closed: closed, overflow, initially: value)
            return isAsked ? series : self.folded(to: series)
        }
    }

    /// Counts a look-up past a bound.
    private func folded(to series: _SeriesHandle) -> _SeriesHandle {
        let cell = state.foldCell(of: descriptor.name)
        cell._add(1)
        foldCell.store(UInt(bitPattern: cell), ordering: .releasing)
        return series
    }

    /// The same for a caller that holds the lock, for metrics with open labels that nobody bounds.
    func lockedChild(_ values: [String]) -> _SeriesHandle {
        LabelList.with(values) { lockedFind(0, $0) ?? make(closed: 0, $0, initially: 0) }
    }

    func lockedFind(_ closed: UInt32, _ values: some OpenLabelValues) -> _SeriesHandle? {
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            return _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .relaxed))
        }
        return core.pointee.find(closed: closed, values)
    }

    private func make(closed: UInt32, _ values: some OpenLabelValues, initially value: Double) -> _SeriesHandle {
        let handle = withCells { cells in
            let made = state.makeCells(
                cells,
                kind: kind,
                isExposed: isExposed,
                needsNone: keepsValues,
                initially: value
            ) { keys in
                keyTemplate.append(closed: closed, values, isShard: false, to: &keys)
            }
            if made.isStored, !isDescribed {
                isDescribed = true
                state.describe(descriptor, family: text.familyName)
            }
            bounds.hold(values, isAdopted: made.isAdopted, state.records)
            let stored = storeRecord(closed: closed, values, cells, isStored: made.isStored, isAdopted: made.isAdopted)
            #if Redis
                if made.isAdopted { inherited[UInt(bitPattern: stored.record)] = InheritedValues(cells) }
            #endif
            return stored
        }
        publish(handle.record, values)
        return handle
    }

    private func publish(_ record: UnsafeMutablePointer<_SeriesRecord>, _ values: some OpenLabelValues) {
        let closed = record.pointee.closed
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            core.pointee.dense[Int(closed)].store(UInt(bitPattern: record), ordering: .releasing)
        } else {
            makeRoomInTable()
            currentTable?.insert(UnsafeMutableRawPointer(record), hash: values.hash(closed: closed))
            tableSlotsUsed += 1
        }
        series.append(_SeriesHandle(record: record))
    }

    var currentTable: ChildTable? { ChildTable(address: core.pointee.table.load(ordering: .relaxed)) }

    /// Sees to it that at least half of the table is free.
    private func makeRoomInTable() {
        let capacity = currentTable?.capacity ?? 0
        guard (tableSlotsUsed + 1) * 2 > capacity else { return }
        var target = max(capacity, 8)
        while (series.count + 1) * 2 > target { target *= 2 }
        let next = ChildTable(capacity: target)
        for handle in series {
            let hash = openLabels(of: handle.record).hash(closed: handle.record.pointee.closed)
            next.insert(UnsafeMutableRawPointer(handle.record), hash: hash)
        }
        tableSlotsUsed = series.count
        core.pointee.table.store(next.address, ordering: .releasing)
    }

    /// A series that nobody sees, for labels that do not fit.
    func strayChild() -> _SeriesHandle {
        StructureLock.withLock {
            state.settleAfterFork()
            return lockedStrayChild()
        }
    }

    /// Counts an update that was ignored.
    func countRefusal() {
        StructureLock.withLock {
            state.settleAfterFork()
            state.countRefusal(of: descriptor.name)
        }
    }
}
