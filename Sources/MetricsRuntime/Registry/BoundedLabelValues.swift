internal import Synchronization

/// The values that series of a metric have in one label that has a bound: found without a lock, and given back when the
/// last series with a value is removed.
///
/// Changed under `StructureLock`; `contains` and `isExhausted` need no lock.
final class BoundedLabelValues: @unchecked Sendable {
    /// Stands in front of a value, for as long as the process lives: somebody may be comparing with it.
    private struct Node: ~Copyable {
        /// How many series have it.
        let uses = Atomic<Int>(0)
    }

    private let most: Int
    /// The address of a `ChildTable` of nodes, or 0.
    private let table = Atomic<UInt>(0)
    private let exhausted: Atomic<Bool>
    private var inUse = 0
    private var tableSlotsUsed = 0

    /// - Parameter most: How many values there may be at a time.
    init(most: Int) {
        self.most = most
        exhausted = Atomic(most <= 0)
    }

    /// Whether there may be no other values now.
    var isExhausted: Bool { exhausted.load(ordering: .acquiring) }

    /// Whether a series has that value.
    func contains(_ value: LabelValue) -> Bool {
        find(value).map { $0.pointee.uses.load(ordering: .relaxed) > 0 } ?? false
    }

    /// Notes that one more series has that value.
    func hold(_ value: LabelValue, _ records: RecordArena) {
        let node = find(value) ?? add(value, records)
        if node.pointee.uses.add(1, ordering: .relaxed).oldValue == 0 { inUse += 1 }
        exhausted.store(inUse >= most, ordering: .releasing)
    }

    /// Notes that one series less has that value.
    func release(_ value: LabelValue) {
        guard let node = find(value) else { return }
        if node.pointee.uses.subtract(1, ordering: .relaxed).newValue == 0 { inUse -= 1 }
        exhausted.store(inUse >= most, ordering: .releasing)
    }

    private func find(_ value: LabelValue) -> UnsafeMutablePointer<Node>? {
        guard let table = ChildTable(address: table.load(ordering: .acquiring)) else { return nil }
        return table.find(hash: Self.hash(value)) { value == Self.value(of: $0) }?.assumingMemoryBound(to: Node.self)
    }

    private static func value(of node: UnsafeMutableRawPointer) -> LabelValue {
        LabelValue(storedAt: node + MemoryLayout<Node>.stride)
    }

    private static func hash(_ value: LabelValue) -> UInt64 { OneOpenLabel(first: value).hash(closed: 0) }

    private func add(_ value: LabelValue, _ records: RecordArena) -> UnsafeMutablePointer<Node> {
        let memory = records.allocate(
            byteCount: MemoryLayout<Node>.stride + value.storedLength,
            alignment: MemoryLayout<Node>.alignment
        )
        value.store(at: memory + MemoryLayout<Node>.stride)
        let node = memory.bindMemory(to: Node.self, capacity: 1)
        node.initialize(to: Node())
        makeRoom()
        ChildTable(address: table.load(ordering: .relaxed))?.insert(memory, hash: Self.hash(value))
        tableSlotsUsed += 1
        return node
    }

    /// Sees to it that at least half of the table is free.
    ///
    /// A new table leaves out the values that no series has.
    private func makeRoom() {
        let current = ChildTable(address: table.load(ordering: .relaxed))
        guard (tableSlotsUsed + 1) * 2 > current?.capacity ?? 0 else { return }
        var capacity = 8
        while (inUse + 1) * 4 > capacity { capacity *= 2 }
        let next = ChildTable(capacity: capacity)
        tableSlotsUsed = 0
        current?.forEach { node in
            guard node.assumingMemoryBound(to: Node.self).pointee.uses.load(ordering: .relaxed) > 0 else { return }
            next.insert(node, hash: Self.hash(Self.value(of: node)))
            tableSlotsUsed += 1
        }
        table.store(next.address, ordering: .releasing)
    }
}
