internal import CMetricsSupport
internal import Logging
internal import Synchronization

/// What a registry holds: families, cells and files.
///
/// It outlives its registry, because kept children and generated code point into it. Guarded by `StructureLock`.
final class RegistryState: @unchecked Sendable {
    let records = RecordArena()
    /// Where `observation` of everything but histograms and summaries points: never read.
    let noObservation: UnsafeMutablePointer<_ObservationRecord>
    /// The keys of the series that is being made.
    private var keys = SeriesKeys()
    private let cellArena = CellArena()
    private var store: DirectoryStore?
    /// Where values live; `nil` for what the environment says at first use.
    private var location: MetricsStorageLocation?
    private var isStorageResolved = false
    private(set) var storageError: MetricsStorageError?
    private var families: [String: Family] = [:]
    private(set) var order: [Family] = []
    private var byDefinition: [DefinitionKey: Family] = [:]
    private var names = FamilyNames()
    /// What other targets keep with the registry, by their own keys.
    var attachments: [ObjectIdentifier: any AnyObject & Sendable] = [:]
    private var faults = StorageFaults()
    /// What the scrape before left out.
    var knownFaults = KnownFaults()

    /// Which definition of a generated file.
    struct DefinitionKey: Hashable {
        let file: ObjectIdentifier
        let index: Int
    }

    init(location: MetricsStorageLocation?) {
        self.location = location
        let nowhere = UnsafeRawPointer(records.allocate(byteCount: 64, alignment: 64))
        noObservation = UnsafeMutablePointer<_ObservationRecord>.allocate(capacity: 1)
        noObservation.initialize(
            to: _ObservationRecord(
                bounds: nowhere.assumingMemoryBound(to: SIMD8<Double>.self),
                boundVectors: 0,
                ledger: _Ledger(values: privateCell() + 1, cells: nil),
                count: 0
            )
        )
        Self.all.append(self)
    }

    /// All states of the process, for what must be done after a fork.
    ///
    /// `nonisolated(unsafe)`: under the structure lock.
    nonisolated(unsafe) private static var all: [RegistryState] = []
    /// The fork after which all states know that their files are the parent's.
    nonisolated(unsafe) private static var forgottenGeneration: UInt64 = 0
    /// The fork up to which all states are settled.
    nonisolated(unsafe) private static var settledGeneration: UInt64 = 0

    // MARK: Storage

    /// Says where values live.
    ///
    /// Has no effect once a series was made.
    func configure(_ location: MetricsStorageLocation) -> Bool {
        guard !isStorageResolved else { return false }
        self.location = location
        return true
    }

    /// Prepares the directory, if values live in one.
    func prepare() throws(MetricsStorageError) {
        resolveStorage()
        if let storageError, store == nil { throw storageError }
        try store?.open()
        try repairStorage()
    }

    /// The directory in which values live, or `nil` for private memory.
    var directory: String? {
        resolveStorage()
        return store?.directory
    }

    private func resolveStorage() {
        guard !isStorageResolved else { return }
        isStorageResolved = true
        switch location ?? MetricsStorageLocation() {
        case .memory:
            break
        case .directory(let path):
            store = DirectoryStore(directory: path)
        case .unavailable(let problem):
            let error = MetricsStorageError(
                .configure,
                path: problem.variable,
                errorNumber: 0,
                hint: problem.description
            )
            storageError = error
            faults.report(error)
        }
    }

    /// What merges the directory, if values live in one.
    ///
    /// A forked child gets one of its own: its parent's may have been in the middle of a scrape.
    func collector() -> MultiprocessCollector? {
        resolveStorage()
        guard let directory = store?.directory else { return nil }
        let generation = metrics_fork_generation()
        if let collectorOfGeneration, collectorOfGeneration.generation == generation {
            return collectorOfGeneration.collector
        }
        let collector = MultiprocessCollector(directory: directory)
        collectorOfGeneration = (generation, collector)
        return collector
    }

    private var collectorOfGeneration: (generation: UInt64, collector: MultiprocessCollector)?

    /// What stands for this process in file names, also where it could not take a slot.
    var slotIdentity: String { store?.slot?.identity ?? "swift-unstored" }

    /// Makes the cells of a series: in a file where there is one, else in private memory.
    ///
    /// The value of new ones is `initially`. `makeKeys` is asked for the keys only where they go to a file; `needsNone`
    /// says that cells in private memory are not wanted.
    func makeCells(
        _ cells: UnsafeMutableBufferPointer<_CellPointer>,
        kind: FileKind,
        isExposed: Bool,
        needsNone: Bool,
        initially value: Double,
        makeKeys: (inout SeriesKeys) -> Void
    ) -> (isStored: Bool, isAdopted: Bool) {
        resolveStorage()
        if isExposed, let store, faults.allowsAttempt {
            keys.removeAll()
            makeKeys(&keys)
            do throws(MetricsStorageError) {
                if !store.seemsIntact(kind) { try repairStorage() }
                let isAdopted = try store.makeCells(cells, for: keys, kind: kind, initially: value)
                faults.recovered()
                return (true, isAdopted)
            } catch {
                faults.report(error)
            }
        }
        guard !needsNone else {
            cells.initialize(repeating: noObservation.pointee.ledger.values)
            return (false, false)
        }
        for index in cells.indices {
            let cell = privateCell()
            cell._value = value
            cells.initializeElement(at: index, to: cell)
        }
        return (false, false)
    }

    /// Makes a shard of a series with so many values; `nil` where the file has no room for its cells.
    func makeShard(
        _ count: Int,
        kind: FileKind,
        isStored: Bool,
        makeKeys: (inout SeriesKeys) -> Void
    ) -> UnsafePointer<_Ledger>? {
        var cells: UnsafeMutablePointer<_CellPointer>?
        // A registry that was left has no store any more, and nobody reads what its children still count.
        if isStored, let store {
            guard faults.allowsAttempt else { return nil }
            keys.removeAll()
            makeKeys(&keys)
            let room = records.allocate(
                byteCount: MemoryLayout<_CellPointer>.stride * count,
                alignment: MemoryLayout<_CellPointer>.alignment
            ).bindMemory(to: _CellPointer.self, capacity: count)
            do throws(MetricsStorageError) {
                if !store.seemsIntact(kind) { try repairStorage() }
                try store.makeShard(UnsafeMutableBufferPointer(start: room, count: count), for: keys, kind: kind)
            } catch {
                faults.report(error)
                return nil
            }
            cells = room
        }
        let ledger = records.allocate(byteCount: MemoryLayout<_Ledger>.size, alignment: MemoryLayout<_Ledger>.alignment)
            .bindMemory(to: _Ledger.self, capacity: 1)
        // Two cache lines: processors fetch them in pairs.
        let values = makeValues(count, alignment: 128)
        ledger.initialize(to: _Ledger(values: values, cells: cells.map { UnsafePointer($0) }))
        return UnsafePointer(ledger)
    }

    /// Zeroed values of a ledger, with its lock in front, on cache lines of their own.
    func makeValues(_ count: Int, alignment: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        let byteCount = ((count + 1) * 8 + alignment - 1) & ~(alignment - 1)
        if let room = cellArena.makeRoom(byteCount: byteCount, alignment: alignment) {
            return room.assumingMemoryBound(to: Atomic<UInt64>.self) + 1
        }
        // As with `privateCell`.
        let values = UnsafeMutablePointer<Atomic<UInt64>>.allocate(capacity: count + 1)
        for index in 0...count { (values + index).initialize(to: Atomic(0)) }
        return values + 1
    }

    /// Writes down what the files cannot say about a family.
    func describe(_ descriptor: MetricDescriptor, family: String) {
        store?.describe(descriptor, family: family)
    }

    /// Puts back what somebody else took away from this registry's files, if that is so.
    private func repairStorage() throws(MetricsStorageError) {
        guard let store, !store.isIntact else { return }
        faults.note(
            MetricsStorageError(
                .keepFile,
                path: store.directory,
                errorNumber: 0,
                hint:
                    "Files of this process in it were removed, replaced or cut by somebody else; they are written anew"
            )
        )
        try store.repair { kind in
            order.flatMap { $0.fileKind == kind ? $0.storedEntries : [] }
        }
    }

    /// The same before a scrape, which serves what is there in any case; what it would not find in the directory.
    func repairBeforeScrape() -> [MultiprocessSource] {
        guard let store, !store.isIntact else { return [] }
        if faults.allowsAttempt {
            do throws(MetricsStorageError) {
                try repairStorage()
                return []
            } catch {
                faults.report(error)
            }
        }
        return store.lostFiles
    }

    /// A cell that is in no file.
    func privateCell() -> _CellPointer {
        if let cell = cellArena.makeCell() { return cell }
        // No memory for a page of cells; a cell on the heap serves as well, but for a forked child starting from zero.
        let cell = _CellPointer.allocate(capacity: 2)
        cell.initialize(to: Atomic(0))
        (cell + 1).initialize(to: Atomic(0))
        return cell
    }

    func remove(_ entries: [MappedFile.KnownEntry], kind: FileKind) {
        store?.remove(entries, kind: kind)
    }

    /// Leaves the directory: the slot is free, and kept children go on where nobody reads.
    func close() {
        StructureLock.withLock {
            store?.close()
            store = nil
            // A series that a kept family makes later must not take a slot that nobody would give back.
            isStorageResolved = true
            attachments = [:]
            Self.all.removeAll { $0 === self }
        }
    }

    // MARK: Families

    /// The family of a descriptor.
    ///
    /// Another metric under the same name gets a family that is not exposed.
    func family(for descriptor: MetricDescriptor) -> Family {
        let known = names.variants(of: descriptor.name).first { $0.descriptor.isSameMetric(as: descriptor) }
        if let known { return known }
        if let conflict = names.conflict(with: descriptor) {
            Logger(label: "metrics").error(
                "Metric '\(descriptor.name)' is not exposed: \(conflict). Rename one of the two."
            )
            return Family(descriptor, state: self, isExposed: false)
        }
        return add(descriptor)
    }

    /// Takes a name for a metric whose labels are not known beforehand; see `MetricsRegistry.claim`.
    func claim(
        _ descriptor: MetricDescriptor,
        as types: [MetricType],
        for origin: String
    ) -> MetricNameClaim {
        names.claim(descriptor, as: types, for: origin, known: families[descriptor.name]?.descriptor)
    }

    /// The family with exactly these labels, in any order, under a name that was claimed.
    ///
    /// Answers `nil` for a name that nobody has, and where as many families have the name as there may be.
    func family(named name: String, labels: [String], atMost limit: Int) -> Family? {
        guard let base = names.claimed(name) ?? families[name]?.descriptor else { return nil }
        let wanted = Set(labels)
        let known = names.variants(of: name)
        if let family = known.first(where: { Set($0.descriptor.labelNames) == wanted }) { return family }
        guard known.count < limit else { return nil }
        var descriptor = base
        if Set(base.labelNames) != wanted {
            descriptor.labels = labels.sorted().map { MetricDescriptor.Label(name: $0) }
        }
        return add(descriptor)
    }

    /// What takes the series that no family of its own may be made for; they are counted as folded.
    func overflowFamily(named name: String, label: String) -> Family? {
        guard var descriptor = names.claimed(name) ?? families[name]?.descriptor else { return nil }
        let known = names.variants(of: name).first { $0.descriptor.labelNames == [label] }
        if let known { return known }
        descriptor.labels = [MetricDescriptor.Label(name: label)]
        descriptor.maxSeries = 0
        return add(descriptor)
    }

    private func add(_ descriptor: MetricDescriptor) -> Family {
        let family = Family(descriptor, state: self, isExposed: true)
        if families[descriptor.name] == nil { families[descriptor.name] = family }
        names.add(family)
        order.append(family)
        return family
    }

    func family(for key: DefinitionKey, in file: any _MetricDefinitions.Type) -> Family? {
        if let known = byDefinition[key] { return known }
        let descriptors = _MetricDefinitionList.lockedDescriptors(of: file)
        guard descriptors.indices.contains(key.index) else { return nil }
        let family = family(for: descriptors[key.index])
        byDefinition[key] = family
        return family
    }

    /// The family of that name, if there is one.
    func family(named name: String) -> Family? { families[name] }

    // MARK: Faults

    /// The faults of storage so far, by what was being done.
    var storageFaults: [(operation: String, count: Double)] {
        faults.counts(lostPages: store?.lostPages ?? 0)
    }

    /// The kinds of files that a scrape of the directory does not find.
    var missingKinds: Set<FileKind> { store?.missingKinds ?? [] }

    // MARK: Fork

    /// In a forked child that uses the runtime: gives every registry a slot and files of its own.
    ///
    /// Where the directory has no room for them, static calls go on coming here, and it is tried again every second.
    func settleAfterFork() {
        let current = metrics_fork_generation()
        guard Self.settledGeneration != current else { return }
        let isFirst = Self.forgottenGeneration != current
        Self.forgottenGeneration = current
        var areSettled = true
        for state in Self.all {
            if isFirst { state.store?.forgetParent() }
            if !state.settle(isFirst: isFirst) { areSettled = false }
        }
        guard areSettled else { return }
        for _ in Self.settledGeneration..<current { metrics_detour_end() }
        Self.settledGeneration = current
    }

    private func settle(isFirst: Bool) -> Bool {
        guard let store, !store.unsettled.isEmpty else { return true }
        guard isFirst || faults.allowsAttempt else { return false }
        do throws(MetricsStorageError) {
            try store.settle()
            faults.recovered()
            return true
        } catch {
            faults.report(error)
            return false
        }
    }

    /// The kinds of files that this process does not have yet after a fork.
    var unsettledKinds: Set<FileKind> { store?.unsettled ?? [] }
}
