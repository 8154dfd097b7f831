public import Synchronization

/// No API: what generated code finds first: where the series of one family are.
@frozen public struct _FamilyCore: ~Copyable {
    /// Series by the index over the closed labels; one place for a metric without labels; none with open ones.
    public let dense: UnsafeMutablePointer<Atomic<UInt>>
    /// How many places `dense` has.
    public let denseCount: Int
    /// The address of a `ChildTable` for the series that `dense` has no place for, or 0.
    let table: Atomic<UInt>
    /// The `Family`, which lives as long as the process.
    let family: UnsafeRawPointer

    /// The series with these labels, if the table has it. Takes no lock and touches no reference count.
    @inline(__always)
    func find(closed: UInt32, _ values: some OpenLabelValues) -> _SeriesHandle? {
        guard let address = UnsafeMutableRawPointer(bitPattern: table.load(ordering: .acquiring)) else { return nil }
        let table = address.assumingMemoryBound(to: ChildTable.self).pointee
        return table.find(hash: values.hash(closed: closed)) { values.matches($0, closed: closed) }
    }
}

/// One metric in one registry: its descriptor and its series.
///
/// A family is never freed, because generated code and kept children hold plain pointers into it. Guarded by
/// `StructureLock`, except for `core`, which is read without it.
package final class Family: @unchecked Sendable {
    /// Products of closed label sets up to this size get an array; larger ones are rare and share the hash table.
    private static let largestDense = 1 << 14
    private static let overflowValue = [UInt8]("__overflow__".utf8)

    let descriptor: MetricDescriptor
    let core: UnsafeMutablePointer<_FamilyCore>
    /// Whether the family stands in expositions; not so where another metric has its name.
    let isExposed: Bool
    /// The series that were not removed, in the order of their creation.
    private(set) var series: [_SeriesHandle] = [] {
        didSet { seriesVersion += 1 }
    }
    /// Changes whenever a series comes or goes.
    private(set) var seriesVersion = 0
    /// What expositions share as long as that does not change.
    let rendering = FamilyRendering()
    /// What a wrong number of label values gets: a series that nobody sees.
    private var stray: _SeriesHandle?

    /// Kept for good, like the family: a kept child may refuse an update after its registry is gone.
    private let state: RegistryState
    private let kind: FileKind
    private let layout: LabelLayout
    private let bounds: (vectors: UnsafePointer<SIMD8<Double>>, count: Int)
    private var tableSlotsUsed = 0
    private var created = 0
    private var valuesOfBoundedLabels: [Int: Set<[UInt8]>] = [:]
    private let text: SeriesText

    init(_ descriptor: MetricDescriptor, state: RegistryState, isExposed: Bool) {
        self.descriptor = descriptor
        self.state = state
        self.isExposed = isExposed
        kind = FileKind(descriptor)
        layout = LabelLayout(descriptor.labels)
        text = SeriesText(descriptor)
        bounds = Self.makeBounds(descriptor, arena: state.records)
        let denseCount = layout.openCount == 0 && layout.closedCount <= Self.largestDense ? layout.closedCount : 0
        let dense = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: max(denseCount, 1))
        for index in 0..<max(denseCount, 1) { (dense + index).initialize(to: Atomic(0)) }
        core = UnsafeMutablePointer<_FamilyCore>.allocate(capacity: 1)
        // Retained and never released: see above.
        let family = UnsafeRawPointer(Unmanaged.passRetained(self).toOpaque())
        core.initialize(to: _FamilyCore(dense: dense, denseCount: denseCount, table: Atomic(0), family: family))
    }

    // MARK: Finding

    /// The series at that place of `core.dense`, made if there is none.
    func closedChild(_ closed: UInt32) -> _SeriesHandle {
        if Int(closed) < core.pointee.denseCount {
            if let known = _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .acquiring)) {
                return known
            }
            return makeChild(closed: closed, [])
        }
        guard core.pointee.denseCount == 0 else { return strayChild() }
        return core.pointee.find(closed: closed, NoOpenLabels()) ?? makeChild(closed: closed, [])
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

    /// The series with these labels, made if there is none.
    @inline(never)
    func makeChild(closed: UInt32, _ values: [[UInt8]]) -> _SeriesHandle {
        StructureLock.withLock {
            state.settleAfterFork()
            guard values.count == layout.openCount, Int(closed) < layout.closedCount else { return lockedStrayChild() }
            var values = values
            // Somebody else may have made it since we looked.
            if let known = lockedFind(closed, values) { return known }
            if fold(&values) {
                state.countFold(of: descriptor.name)
                if let known = lockedFind(closed, values) { return known }
            }
            return make(closed: closed, values)
        }
    }

    /// The same for a caller that holds the lock, for metrics with open labels that nobody bounds.
    func lockedChild(_ values: [[UInt8]]) -> _SeriesHandle {
        lockedFind(0, values) ?? make(closed: 0, values)
    }

    private func lockedFind(_ closed: UInt32, _ values: [[UInt8]]) -> _SeriesHandle? {
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            return _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .relaxed))
        }
        return core.pointee.find(closed: closed, OpenLabelBytes(values: values))
    }

    /// Replaces values past a bound by the overflow value; whether it replaced any.
    private func fold(_ values: inout [[UInt8]]) -> Bool {
        var hasFolded = false
        for (index, label) in layout.open.enumerated() {
            guard let most = label.maxValues, values[index] != Self.overflowValue else { continue }
            if valuesOfBoundedLabels[index, default: []].contains(values[index]) { continue }
            if valuesOfBoundedLabels[index, default: []].count < most {
                valuesOfBoundedLabels[index, default: []].insert(values[index])
            } else {
                values[index] = Self.overflowValue
                hasFolded = true
            }
        }
        if created >= descriptor.maxSeries, layout.openCount > 0 {
            for index in values.indices where values[index] != Self.overflowValue {
                values[index] = Self.overflowValue
                hasFolded = true
            }
        }
        return hasFolded
    }

    private func make(closed: UInt32, _ values: [[UInt8]]) -> _SeriesHandle {
        let texts = text.samples(labels: layout.pairs(closed: closed, values))
        let made = state.cells(for: texts.keys, kind: kind, isExposed: isExposed)
        let record = state.records.allocate(
            byteCount: MemoryLayout<_SeriesRecord>.size,
            alignment: MemoryLayout<_SeriesRecord>.alignment
        ).assumingMemoryBound(to: _SeriesRecord.self)
        let labels = storeLabels(values)
        let buckets = storeBuckets(made.cells)
        let isSummary = descriptor.type == .summary
        record.initialize(
            to: _SeriesRecord(
                // A summary's keys are count, then sum; a histogram's are sum, then buckets.
                cell: isSummary ? made.cells[1] : made.cells[0],
                countCell: made.cells[0],
                bounds: bounds.vectors,
                boundVectors: bounds.count,
                buckets: buckets.cells,
                bucketCount: buckets.count,
                family: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()),
                closed: closed,
                openLabelsLength: labels.length,
                openLabels: labels.bytes,
                hash: OpenLabelBytes(values: values).hash(closed: closed),
                isStored: made.isStored,
                isAdopted: made.isAdopted
            )
        )
        if !made.isAdopted { created += 1 }
        publish(record)
        return _SeriesHandle(record: record)
    }

    private func publish(_ record: UnsafeMutablePointer<_SeriesRecord>) {
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            core.pointee.dense[Int(record.pointee.closed)].store(UInt(bitPattern: record), ordering: .releasing)
        } else {
            makeRoomInTable()
            currentTable?.pointee.insert(record)
            tableSlotsUsed += 1
        }
        series.append(_SeriesHandle(record: record))
    }

    private var currentTable: UnsafeMutablePointer<ChildTable>? {
        UnsafeMutableRawPointer(bitPattern: core.pointee.table.load(ordering: .relaxed))?
            .assumingMemoryBound(to: ChildTable.self)
    }

    /// Sees to it that at least half of the table is free.
    private func makeRoomInTable() {
        let capacity = currentTable?.pointee.capacity ?? 0
        guard (tableSlotsUsed + 1) * 2 > capacity else { return }
        var target = max(capacity, 8)
        while (series.count + 1) * 2 > target { target *= 2 }
        let next = state.records.allocate(
            byteCount: MemoryLayout<ChildTable>.size,
            alignment: MemoryLayout<ChildTable>.alignment
        ).assumingMemoryBound(to: ChildTable.self)
        next.initialize(to: ChildTable(capacity: target))
        for handle in series { next.pointee.insert(handle.record) }
        tableSlotsUsed = series.count
        core.pointee.table.store(UInt(bitPattern: next), ordering: .releasing)
    }

    /// A series that nobody sees, for labels that do not fit.
    func strayChild() -> _SeriesHandle {
        StructureLock.withLock { lockedStrayChild() }
    }

    /// Counts an update that was ignored.
    func countRefusal() {
        StructureLock.withLock { state.countRefusal(of: descriptor.name) }
    }

    private func lockedStrayChild() -> _SeriesHandle {
        state.countRefusal(of: descriptor.name)
        if let stray { return stray }
        let bucketCount = descriptor.type == .histogram ? descriptor.buckets.count + 1 : 0
        let cells = (0..<bucketCount + 2).map { _ in state.privateCell() }
        let buckets = storeBuckets(Array(cells.dropFirst()))
        let record = state.records.allocate(
            byteCount: MemoryLayout<_SeriesRecord>.size,
            alignment: MemoryLayout<_SeriesRecord>.alignment
        ).assumingMemoryBound(to: _SeriesRecord.self)
        record.initialize(
            to: _SeriesRecord(
                cell: cells[0],
                countCell: cells[1],
                bounds: bounds.vectors,
                boundVectors: bounds.count,
                buckets: buckets.cells,
                bucketCount: buckets.count,
                family: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()),
                closed: .max,
                openLabelsLength: 0,
                openLabels: UnsafeRawPointer(record),
                hash: 0,
                isStored: false,
                isAdopted: true
            )
        )
        let handle = _SeriesHandle(record: record)
        stray = handle
        return handle
    }

    private func storeLabels(_ values: [[UInt8]]) -> (bytes: UnsafeRawPointer, length: UInt32) {
        let length = values.reduce(0) { $0 + 4 + $1.count }
        let bytes = state.records.allocate(byteCount: max(length, 1), alignment: 1)
        var end = bytes
        for value in values {
            end.storeBytes(of: UInt32(value.count), as: UInt32.self)
            end += 4
            value.withUnsafeBytes { source in
                guard let start = source.baseAddress else { return }
                end.copyMemory(from: start, byteCount: source.count)
            }
            end += value.count
        }
        return (UnsafeRawPointer(bytes), UInt32(length))
    }

    private func storeBuckets(_ cells: [_CellPointer]) -> (cells: UnsafePointer<_CellPointer>, count: Int) {
        guard descriptor.type == .histogram else { return (UnsafePointer(state.noBuckets), 0) }
        let count = cells.count - 1
        let buckets = state.records.allocate(
            byteCount: MemoryLayout<_CellPointer>.stride * count,
            alignment: MemoryLayout<_CellPointer>.alignment
        ).assumingMemoryBound(to: _CellPointer.self)
        for index in 0..<count { (buckets + index).initialize(to: cells[index + 1]) }
        return (UnsafePointer(buckets), count)
    }

    private static func makeBounds(
        _ descriptor: MetricDescriptor,
        arena: RecordArena
    ) -> (vectors: UnsafePointer<SIMD8<Double>>, count: Int) {
        let count = descriptor.type == .histogram ? (descriptor.buckets.count + 7) / 8 : 0
        let vectors = arena.allocate(byteCount: 64 * max(count, 1), alignment: 64)
            .assumingMemoryBound(to: SIMD8<Double>.self)
        for index in 0..<max(count, 1) {
            var vector = SIMD8<Double>(repeating: .infinity)
            for lane in 0..<8 where index * 8 + lane < descriptor.buckets.count {
                vector[lane] = descriptor.buckets[index * 8 + lane]
            }
            (vectors + index).initialize(to: vector)
        }
        return (UnsafePointer(vectors), count)
    }

    // MARK: Removing

    /// Takes a series out of expositions for good. Somebody may still hold its child; it stays harmless.
    func remove(closed: UInt32, _ values: [[UInt8]]) {
        StructureLock.withLock {
            state.settleAfterFork()
            guard values.count == layout.openCount, Int(closed) < layout.closedCount,
                let handle = lockedFind(closed, values)
            else { return }
            lockedRemove(handle)
            series.removeAll { $0.record == handle.record }
        }
    }

    /// Takes all series out of expositions for good.
    func removeAll() {
        StructureLock.withLock {
            state.settleAfterFork()
            for handle in series { lockedRemove(handle) }
            series = []
        }
    }

    private func lockedRemove(_ handle: _SeriesHandle) {
        let record = handle.record
        if layout.openCount == 0, core.pointee.denseCount > 0 {
            core.pointee.dense[Int(record.pointee.closed)].store(0, ordering: .releasing)
        } else {
            currentTable?.pointee.remove(record)
        }
        if !record.pointee.isAdopted { created -= 1 }
        if record.pointee.isStored { state.remove(cells(of: record), kind: kind) }
    }

    // MARK: Reading

    /// All cells of a series in the order of its keys.
    func cells(of record: UnsafeMutablePointer<_SeriesRecord>) -> [_CellPointer] {
        switch descriptor.type {
        case .histogram:
            [record.pointee.cell] + (0..<record.pointee.bucketCount).map { record.pointee.buckets[$0] }
        case .summary:
            [record.pointee.countCell, record.pointee.cell]
        case .counter, .gauge, .info, .stateset, .unknown:
            [record.pointee.cell]
        }
    }

    /// The label names and values of a series, sorted by name.
    func labels(of record: UnsafeMutablePointer<_SeriesRecord>) -> [SeriesText.Label] {
        var values: [[UInt8]] = []
        var position = record.pointee.openLabels
        for _ in 0..<layout.openCount {
            let length = Int(position.loadUnaligned(as: UInt32.self))
            values.append([UInt8](UnsafeRawBufferPointer(start: position + 4, count: length)))
            position += 4 + length
        }
        return text.sorted(layout.pairs(closed: record.pointee.closed, values))
    }

    /// The keys of a series as they stand in a file.
    func keys(of record: UnsafeMutablePointer<_SeriesRecord>) -> [[UInt8]] {
        text.samples(sortedLabels: labels(of: record)).keys
    }

    /// What stands for the process in file names; `nil` where values do not live in a directory.
    var slotIdentity: String? { state.directory == nil ? nil : state.slotIdentity }

    /// The kind of file that holds the family's values.
    var fileKind: FileKind { kind }
    /// The names of the family and its samples.
    var names: SeriesText { text }
}
