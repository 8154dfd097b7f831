internal import Synchronization

/// A hash table of records that is read without a lock: series by their labels, and the values of bounded labels.
///
/// Open addressing over a power of two. Writers hold `StructureLock`; they publish a record with a release store, and
/// a reader that finds it with an acquire load sees it whole. A table that grows is replaced, and the old one is kept:
/// somebody may still be reading it. All old tables together are smaller than the current one.
struct ChildTable {
    private struct Slot: ~Copyable {
        let hash: Atomic<UInt64>
        let record: Atomic<UInt>
    }

    /// A place whose record was removed: a search goes on past it.
    private static let vacated: UInt = 1

    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int

    /// A table with room for `capacity` slots, a power of two.
    init(capacity: Int) {
        slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        for index in 0..<capacity {
            (slots + index).initialize(to: Slot(hash: Atomic(0), record: Atomic(0)))
        }
        mask = capacity - 1
    }

    var capacity: Int { mask + 1 }

    /// The record with that hash for which `matches` holds.
    @inline(__always)
    func find(hash: UInt64, matches: (UnsafeMutableRawPointer) -> Bool) -> UnsafeMutableRawPointer? {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let address = slots[index].record.load(ordering: .acquiring)
            if address == 0 { return nil }
            if address != Self.vacated, slots[index].hash.load(ordering: .relaxed) == hash,
                let record = UnsafeMutableRawPointer(bitPattern: address), matches(record)
            {
                return record
            }
            index = (index + 1) & mask
        }
    }

    /// Adds a record that is not in the table.
    ///
    /// At least one slot must stay free.
    func insert(_ record: UnsafeMutableRawPointer, hash: UInt64) {
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].record.load(ordering: .relaxed) != 0 {
            index = (index + 1) & mask
        }
        slots[index].hash.store(hash, ordering: .relaxed)
        slots[index].record.store(UInt(bitPattern: record), ordering: .releasing)
    }

    /// Takes a record out.
    ///
    /// Its place is not used again before the table is replaced.
    func remove(_ record: UnsafeMutableRawPointer, hash: UInt64) {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let address = slots[index].record.load(ordering: .relaxed)
            if address == 0 { return }
            if address == UInt(bitPattern: record) {
                slots[index].record.store(Self.vacated, ordering: .releasing)
                return
            }
            index = (index + 1) & mask
        }
    }
}
