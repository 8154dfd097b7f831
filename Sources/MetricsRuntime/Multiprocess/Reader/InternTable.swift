#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Gives equal bytes equal numbers: 0, 1, 2 and so on, in the order of first sight.
///
/// The bytes of all texts stand back to back in one piece of memory, found by an open-addressing table of 64-bit
/// hashes. Everything is manual memory, because a scan of hundreds of thousands of entries goes through here.
/// Not thread-safe.
struct InternTable: ~Copyable {
    struct Record {
        var offset: Int
        var length: Int
        var hash: UInt64
    }

    /// How many different texts there are.
    private(set) var count = 0
    private(set) var records: UnsafeMutablePointer<Record>
    private(set) var bytes: UnsafeMutableRawPointer

    private var recordCapacity: Int
    private var byteCount = 0
    private var byteCapacity: Int
    /// The number plus one of the text in that place; 0 is an empty place.
    private var slots: UnsafeMutablePointer<UInt32>
    private var slotMask: Int
    private let seed = UInt64.random(in: .min ... .max)

    init() {
        recordCapacity = 64
        records = .allocate(capacity: recordCapacity)
        byteCapacity = 4096
        bytes = .allocate(byteCount: byteCapacity, alignment: 16)
        slotMask = 255
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
    }

    deinit {
        records.deallocate()
        bytes.deallocate()
        slots.deallocate()
    }

    /// The bytes of that text.
    subscript(number: UInt32) -> UnsafeRawBufferPointer {
        let record = records[Int(number)]
        return UnsafeRawBufferPointer(start: bytes + record.offset, count: record.length)
    }

    /// Whether that text has these bytes.
    func matches(_ number: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
        let record = records[Int(number)]
        return record.length == text.count && equal(bytes + record.offset, text)
    }

    /// The number of these bytes, and whether they are new.
    mutating func intern(_ text: UnsafeRawBufferPointer) -> (number: UInt32, isNew: Bool) {
        let hash = ByteHash.hash(text, seed: seed)
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let number = slots[slot] &- 1
            if records[Int(number)].hash == hash, matches(number, text) { return (number, false) }
            slot = (slot &+ 1) & slotMask
        }
        let number = UInt32(truncatingIfNeeded: count)
        append(text, hash: hash)
        slots[slot] = number &+ 1
        if count * 2 > slotMask { growSlots() }
        return (number, true)
    }

    private mutating func append(_ text: UnsafeRawBufferPointer, hash: UInt64) {
        if count == recordCapacity {
            let grown = UnsafeMutablePointer<Record>.allocate(capacity: recordCapacity * 2)
            grown.update(from: records, count: count)
            records.deallocate()
            records = grown
            recordCapacity *= 2
        }
        if byteCount + text.count > byteCapacity {
            byteCapacity = max(byteCapacity * 2, byteCount + text.count)
            let grown = UnsafeMutableRawPointer.allocate(byteCount: byteCapacity, alignment: 16)
            grown.copyMemory(from: bytes, byteCount: byteCount)
            bytes.deallocate()
            bytes = grown
        }
        if let source = text.baseAddress {
            (bytes + byteCount).copyMemory(from: source, byteCount: text.count)
        }
        (records + count).initialize(to: Record(offset: byteCount, length: text.count, hash: hash))
        byteCount += text.count
        count += 1
    }

    private mutating func growSlots() {
        let mask = slotMask * 2 + 1
        let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: mask + 1)
        grown.initialize(repeating: 0, count: mask + 1)
        for number in 0..<count {
            var slot = Int(truncatingIfNeeded: records[number].hash) & mask
            while grown[slot] != 0 { slot = (slot &+ 1) & mask }
            grown[slot] = UInt32(truncatingIfNeeded: number) &+ 1
        }
        slots.deallocate()
        slots = grown
        slotMask = mask
    }

    private func equal(_ stored: UnsafeMutableRawPointer, _ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress else { return true }
        return memcmp(stored, start, text.count) == 0
    }
}
