internal import Synchronization

/// A hash table of records that is read without a lock: series by their labels, and the values of bounded labels.
///
/// Open addressing over a power of two, in one block of memory. Writers hold `StructureLock`; they publish a record with
/// a release store, and a reader that finds it with an acquire load sees it whole. A table that grows is replaced, and
/// the old one is kept: somebody may still be reading it. All old tables together are smaller than the current one.
struct ChildTable {
    /// Before the slots: how many there are, less one.
    private static let headerLength = 16
    /// A place whose record was removed: a search goes on past it.
    private static let vacated: UInt = 1

    /// The block, which is never freed.
    private let base: UnsafeMutableRawPointer

    /// The table that begins there.
    @inline(__always)
    init?(address: UInt) {
        guard let base = UnsafeMutableRawPointer(bitPattern: address) else { return nil }
        self.base = base
    }

    /// A table with room for `capacity` slots, a power of two.
    init(capacity: Int) {
        let length = Self.headerLength + capacity * MemoryLayout<Atomic<UInt>>.stride
        base = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 64)
        base.storeBytes(of: capacity - 1, as: Int.self)
        for index in 0..<capacity { (slots + index).initialize(to: Atomic(0)) }
    }

    /// What `init(address:)` takes.
    var address: UInt { UInt(bitPattern: base) }

    var capacity: Int { mask + 1 }

    @inline(__always)
    private var mask: Int { base.load(as: Int.self) }

    @inline(__always)
    private var slots: UnsafeMutablePointer<Atomic<UInt>> {
        (base + Self.headerLength).assumingMemoryBound(to: Atomic<UInt>.self)
    }

    /// The record of that hash for which `matches` holds.
    @inline(__always)
    func find(hash: UInt64, matches: (UnsafeMutableRawPointer) -> Bool) -> UnsafeMutableRawPointer? {
        let mask = mask
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let address = slots[index].load(ordering: .acquiring)
            if address > Self.vacated {
                if let record = UnsafeMutableRawPointer(bitPattern: address), matches(record) { return record }
            } else if address == 0 {
                return nil
            }
            index = (index + 1) & mask
        }
    }

    /// Adds a record that is not in the table.
    ///
    /// At least one slot must stay free.
    func insert(_ record: UnsafeMutableRawPointer, hash: UInt64) {
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].load(ordering: .relaxed) != 0 { index = (index + 1) & mask }
        slots[index].store(UInt(bitPattern: record), ordering: .releasing)
    }

    /// Takes a record out.
    ///
    /// Its place is not used again before the table is replaced.
    func remove(_ record: UnsafeMutableRawPointer, hash: UInt64) {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let address = slots[index].load(ordering: .relaxed)
            if address == 0 { return }
            if address == UInt(bitPattern: record) {
                slots[index].store(Self.vacated, ordering: .releasing)
                return
            }
            index = (index + 1) & mask
        }
    }

    /// All records, in no order.
    func forEach(_ body: (UnsafeMutableRawPointer) -> Void) {
        for index in 0..<capacity {
            let address = slots[index].load(ordering: .relaxed)
            if address > Self.vacated, let record = UnsafeMutableRawPointer(bitPattern: address) { body(record) }
        }
    }
}
