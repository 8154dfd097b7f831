/// Label sets seen so far, each with a number.
///
/// A set is told by its hash and then by its labels, which stay in the scrape: the table holds some 50 bytes a set. Hashes
/// are seeded anew in each process, so that no scrape can be written to make them collide.
struct ScrapeSeriesTable {
    /// A sample's labels, and what else tells its series apart.
    struct Key {
        /// Labels in the order of their names' numbers.
        var first: UInt32
        var end: UInt32
        /// The number of a name to leave out: `le` where buckets of one histogram are one group.
        var excluded: UInt32?
        /// The family and the part of it.
        var salt: Int
    }

    private struct Entry {
        var key: Key
        /// The entry before with the same hash.
        var previous: Int
    }

    private var heads: [Int: Int] = [:]
    private var entries: [Entry] = []

    /// The number of the set, and whether it is new.
    mutating func insert(_ key: Key, _ scrape: Scrape) -> (number: Int, isNew: Bool) {
        let hash = Self.hash(key, scrape)
        let head = heads[hash] ?? -1
        var candidate = head
        while candidate >= 0 {
            if Self.areEqual(entries[candidate].key, key, scrape) { return (candidate, false) }
            candidate = entries[candidate].previous
        }
        entries.append(Entry(key: key, previous: head))
        heads[hash] = entries.count - 1
        return (entries.count - 1, true)
    }

    private static func labels(_ key: Key, _ scrape: Scrape) -> some Collection<ScrapeLabel> {
        scrape.labels[Int(key.first)..<Int(key.end)].lazy.filter { $0.name != key.excluded }
    }

    private static func hash(_ key: Key, _ scrape: Scrape) -> Int {
        var hasher = Hasher()
        hasher.combine(key.salt)
        scrape.bytes.withUnsafeBytes { bytes in
            for label in labels(key, scrape) {
                hasher.combine(label.name)
                if label.isEscaped {
                    ScrapeEscapes.value(of: label, in: scrape.bytes).withUnsafeBytes { hasher.combine(bytes: $0) }
                } else {
                    hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[label.value.start..<label.value.end]))
                }
            }
        }
        return hasher.finalize()
    }

    private static func areEqual(_ left: Key, _ right: Key, _ scrape: Scrape) -> Bool {
        guard left.salt == right.salt else { return false }
        return labels(left, scrape).elementsEqual(labels(right, scrape)) { left, right in
            guard left.name == right.name else { return false }
            if !left.isEscaped, !right.isEscaped {
                return scrape.bytes[left.value.start..<left.value.end]
                    .elementsEqual(scrape.bytes[right.value.start..<right.value.end])
            }
            return ScrapeEscapes.value(of: left, in: scrape.bytes) == ScrapeEscapes.value(of: right, in: scrape.bytes)
        }
    }
}
