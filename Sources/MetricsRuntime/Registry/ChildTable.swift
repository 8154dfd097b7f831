internal import Synchronization

/// A hash table from label values to series that is read without a lock.
///
/// Open addressing over a power of two. Writers hold `StructureLock`; they publish a series with a release store, and
/// a reader that finds it with an acquire load sees it whole. A table that grows is replaced, and the old one is kept:
/// somebody may still be reading it. All old tables together are smaller than the current one.
struct ChildTable {
    private struct Slot: ~Copyable {
        let hash: Atomic<UInt64>
        let series: Atomic<UInt>
    }

    /// A place whose series was removed: a search goes on past it.
    private static let vacated: UInt = 1

    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int

    /// A table with room for `capacity` slots, a power of two.
    init(capacity: Int) {
        slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
        for index in 0..<capacity {
            (slots + index).initialize(to: Slot(hash: Atomic(0), series: Atomic(0)))
        }
        mask = capacity - 1
    }

    var capacity: Int { mask + 1 }

    /// The series with that hash for which `matches` holds.
    @inline(__always)
    func find(
        hash: UInt64,
        matches: (UnsafeMutablePointer<_SeriesRecord>) -> Bool
    ) -> _SeriesHandle? {
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let address = slots[index].series.load(ordering: .acquiring)
            if address == 0 { return nil }
            if address != Self.vacated, slots[index].hash.load(ordering: .relaxed) == hash,
                let handle = _SeriesHandle(address: address), matches(handle.record)
            {
                return handle
            }
            index = (index + 1) & mask
        }
    }

    /// Adds a series that is not in the table. At least one slot must stay free.
    func insert(_ record: UnsafeMutablePointer<_SeriesRecord>) {
        let hash = record.pointee.hash
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].series.load(ordering: .relaxed) != 0 {
            index = (index + 1) & mask
        }
        slots[index].hash.store(hash, ordering: .relaxed)
        slots[index].series.store(UInt(bitPattern: record), ordering: .releasing)
    }

    /// Takes a series out. Its place is not used again before the table is replaced.
    func remove(_ record: UnsafeMutablePointer<_SeriesRecord>) {
        var index = Int(truncatingIfNeeded: record.pointee.hash) & mask
        while true {
            let address = slots[index].series.load(ordering: .relaxed)
            if address == 0 { return }
            if address == UInt(bitPattern: record) {
                slots[index].series.store(Self.vacated, ordering: .releasing)
                return
            }
            index = (index + 1) & mask
        }
    }
}
