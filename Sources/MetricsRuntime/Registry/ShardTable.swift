internal import CMetricsSupport
internal import Synchronization

/// The shards of one series by the number of the thread that may add to each.
///
/// A number belongs to one living thread, so its shard is added to with plain instructions. When a thread ends, the next
/// one with its number goes on in its shards. Never freed. Shards are added under `StructureLock`, and found without it.
struct ShardTable {
    private let shards: UnsafeMutablePointer<Atomic<UInt>>

    @inline(__always)
    init?(address: UInt) {
        guard let shards = UnsafeMutablePointer<Atomic<UInt>>(bitPattern: address) else { return nil }
        self.shards = shards
    }

    /// A table without shards.
    init() {
        shards = .allocate(capacity: Int(METRICS_THREAD_NUMBERS))
        for number in 0..<Int(METRICS_THREAD_NUMBERS) { (shards + number).initialize(to: Atomic(0)) }
    }

    var address: UInt { UInt(bitPattern: shards) }

    /// The shard of the thread with that number.
    @inline(__always)
    func shard(_ number: UInt32) -> _Ledger? {
        guard number < METRICS_THREAD_NUMBERS else { return nil }
        return UnsafePointer<_Ledger>(bitPattern: shards[Int(number)].load(ordering: .acquiring))?.pointee
    }

    func add(_ ledger: UnsafePointer<_Ledger>, for number: UInt32) {
        shards[Int(number)].store(UInt(bitPattern: ledger), ordering: .releasing)
    }

    /// All shards, in the order of the numbers.
    var all: [_Ledger] { (0..<UInt32(METRICS_THREAD_NUMBERS)).compactMap(shard) }
}

/// Whether threads meet so often at one series that shards pay: a thousand times in a sixteenth of a second.
///
/// A shard costs space in the file and time at every scrape, so threads that meet now and then share what is there.
enum Contention {
    private static let ticksPerSecond = 16.0
    private static let most: UInt64 = 1024
    /// What a series has that gets no more shards, since nobody reads it.
    static let never = UInt64.max

    /// Notes that two threads met; whether shards pay.
    ///
    /// Threads that note at once may lose one of the two: it is an estimate.
    static func note(in record: UnsafeMutablePointer<_SeriesRecord>) -> Bool {
        let known = record.pointee.contention.load(ordering: .relaxed)
        guard known != never else { return false }
        let tick = UInt64(SystemTime.monotonicSeconds() * ticksPerSecond) & 0x7FFF_FFFF
        let count = known >> 32 == tick ? (known & 0xFFFF_FFFF) + 1 : 1
        _ = record.pointee.contention.compareExchange(expected: known, desired: tick << 32 | count, ordering: .relaxed)
        return count >= most
    }
}
