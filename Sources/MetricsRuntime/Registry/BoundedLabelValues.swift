internal import Synchronization

/// The values that series of a metric have in one label that has a bound: found without a lock, and given back when the
/// last series with a value is removed.
///
/// Changed under `StructureLock`; `contains` and `isExhausted` need no lock.
final class BoundedLabelValues: @unchecked Sendable {
    /// A value, for as long as the process lives: somebody may be comparing with it.
    private struct Node: ~Copyable {
        /// How many series have it.
        let uses = Atomic<Int>(0)
        let hash: UInt64
        let text: UnsafeBufferPointer<UInt8>
    }

    private let most: Int
    /// The address of a `ChildTable` of nodes, or 0.
    private let table = Atomic<UInt>(0)
    private let exhausted: Atomic<Bool>
    private var nodes: [[UInt8]: UnsafeMutablePointer<Node>] = [:]
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
    func contains(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let address = UnsafeMutableRawPointer(bitPattern: table.load(ordering: .acquiring)) else { return false }
        let table = address.assumingMemoryBound(to: ChildTable.self).pointee
        let found = table.find(hash: Self.hash(value)) { record in
            let node = record.assumingMemoryBound(to: Node.self)
            return node.pointee.text.count == value.count && node.pointee.text.elementsEqual(value)
        }
        guard let found else { return false }
        return found.assumingMemoryBound(to: Node.self).pointee.uses.load(ordering: .relaxed) > 0
    }

    /// Whether a series with that value may be made.
    func admits(_ value: [UInt8]) -> Bool {
        !isExhausted || value.withUnsafeBufferPointer(contains)
    }

    /// Notes that one more series has that value.
    func hold(_ value: [UInt8], _ records: RecordArena) {
        let node = nodes[value] ?? add(value, records)
        if node.pointee.uses.add(1, ordering: .relaxed).oldValue == 0 { inUse += 1 }
        exhausted.store(inUse >= most, ordering: .releasing)
    }

    /// Notes that one series less has that value.
    func release(_ value: [UInt8]) {
        guard let node = nodes[value] else { return }
        if node.pointee.uses.subtract(1, ordering: .relaxed).newValue == 0 { inUse -= 1 }
        exhausted.store(inUse >= most, ordering: .releasing)
    }

    private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = LabelHash(closed: 0)
        hash.combine(value)
        return hash.value
    }

    private func add(_ value: [UInt8], _ records: RecordArena) -> UnsafeMutablePointer<Node> {
        let text = records.allocate(byteCount: max(value.count, 1), alignment: 1)
        value.withUnsafeBytes { source in
            if let start = source.baseAddress { text.copyMemory(from: start, byteCount: source.count) }
        }
        let node = records.allocate(byteCount: MemoryLayout<Node>.size, alignment: MemoryLayout<Node>.alignment)
            .assumingMemoryBound(to: Node.self)
        let bytes = UnsafeBufferPointer(
            start: UnsafePointer(text.assumingMemoryBound(to: UInt8.self)),
            count: value.count
        )
        node.initialize(to: Node(hash: Self.hash(bytes), text: bytes))
        makeRoom(records)
        nodes[value] = node
        currentTable?.pointee.insert(UnsafeMutableRawPointer(node), hash: node.pointee.hash)
        tableSlotsUsed += 1
        return node
    }

    private var currentTable: UnsafeMutablePointer<ChildTable>? {
        UnsafeMutableRawPointer(bitPattern: table.load(ordering: .relaxed))?.assumingMemoryBound(to: ChildTable.self)
    }

    /// Sees to it that at least half of the table is free.
    ///
    /// A new table leaves out the values that no series has.
    private func makeRoom(_ records: RecordArena) {
        guard (tableSlotsUsed + 1) * 2 > currentTable?.pointee.capacity ?? 0 else { return }
        nodes = nodes.filter { $0.value.pointee.uses.load(ordering: .relaxed) > 0 }
        var capacity = 8
        while (nodes.count + 1) * 4 > capacity { capacity *= 2 }
        let next = records.allocate(
            byteCount: MemoryLayout<ChildTable>.size,
            alignment: MemoryLayout<ChildTable>.alignment
        ).assumingMemoryBound(to: ChildTable.self)
        next.initialize(to: ChildTable(capacity: capacity))
        for node in nodes.values { next.pointee.insert(UnsafeMutableRawPointer(node), hash: node.pointee.hash) }
        tableSlotsUsed = nodes.count
        table.store(UInt(bitPattern: next), ordering: .releasing)
    }
}
