/// What the collector remembers of one file between scrapes, and the values that the last scan found in it.
///
/// `keys` are hints: a scan compares the bytes of every key, so a file that was replaced under the same name, rewritten
/// or cut is noticed whatever its inode number or its times say.
final class SourceFile {
    /// The file's name in the directory.
    let name: [UInt8]
    /// What the name says.
    let meaning: MultiprocessFileName
    /// The identity as the value of the label `pid`: valid UTF-8, escaped.
    let identityLabel: [UInt8]
    /// The identity as text.
    let identity: String

    /// How many entries the last scan found.
    private(set) var count = 0
    /// How many of `keys` are there from earlier scans, to be compared with what the file holds now.
    private(set) var hintCount = 0
    private(set) var capacity = 0
    /// The entries' keys, by number in the ``KeyTable``.
    private(set) var keys: UnsafeMutablePointer<UInt32>
    /// The entries' values.
    private(set) var values: UnsafeMutablePointer<Double>
    /// The entries' timestamps; of gauges only.
    private(set) var timestamps: UnsafeMutablePointer<Double>
    /// The series that the entries belong to, valid while `resolvedGeneration` is the current one.
    private(set) var series: UnsafeMutablePointer<UInt32>

    /// The entries that carry a tombstone, in order.
    var removed: [Int] = []
    /// Whether the last scan found other keys than the one before.
    private(set) var hasChanged = true
    /// For which meaning of the families `series` was filled; 0 is none.
    var resolvedGeneration = 0
    /// The families in the order of their first entries, with that entry's key.
    private(set) var families: [(name: UInt32, key: UInt32)] = []
    /// What the last scan couldn't read, and where it stands in the file.
    var damage: [(fault: MultiprocessFault, offset: Int)] = []
    /// The entries that the last scan read but that make no series.
    private(set) var rejected: [(fault: MultiprocessFault, offset: Int?, key: UInt32)] = []

    private var previousCount = 0

    init(name: [UInt8], meaning: MultiprocessFileName) {
        self.name = name
        self.meaning = meaning
        identity = String(decoding: meaning.identity, as: UTF8.self)
        var label: [UInt8] = []
        SampleText.appendLabelValue(identity.utf8, to: &label)
        identityLabel = label
        keys = .allocate(capacity: 0)
        values = .allocate(capacity: 0)
        timestamps = .allocate(capacity: 0)
        series = .allocate(capacity: 0)
    }

    deinit {
        keys.deallocate()
        values.deallocate()
        timestamps.deallocate()
        series.deallocate()
    }

    /// The file's name as text.
    var text: String { String(decoding: name, as: UTF8.self) }

    /// Whether entries have timestamps that a merge may ask for.
    var hasTimestamps: Bool { meaning.kind == .gauge }

    /// Takes the keys of a file of the same kind as hints: processes of one program write the same ones.
    func takeHints(from other: SourceFile, atMost limit: Int) {
        let length = min(other.hintCount, limit)
        reserve(length)
        keys.update(from: other.keys, count: length)
        hintCount = length
    }

    func beginScan() {
        previousCount = count
        count = 0
        hasChanged = false
        removed.removeAll(keepingCapacity: true)
        damage.removeAll(keepingCapacity: true)
    }

    /// Says that the next entries, up to `newCount`, were found to have the keys that were expected.
    func confirm(upTo newCount: Int) {
        count = newCount
        if newCount > previousCount { hasChanged = true }
    }

    /// Appends an entry with another key than the one expected, or none expected.
    func append(key: UInt32, value: Double, timestamp: Double) {
        if count == capacity { reserve(max(64, capacity * 2)) }
        keys[count] = key
        values[count] = value
        if hasTimestamps { timestamps[count] = timestamp }
        count += 1
        if count > hintCount { hintCount = count }
        hasChanged = true
    }

    func endScan() {
        if count != previousCount { hasChanged = true }
        hintCount = count
        if hasChanged { resolvedGeneration = 0 }
    }

    /// Finds the families of the entries that the last scan read.
    func findFamilies(_ keys: KeyTable) {
        families.removeAll(keepingCapacity: true)
        var last = UInt32.max
        var seen: Set<UInt32> = []
        for index in 0..<count {
            let meaning = keys.meanings[Int(self.keys[index])]
            // Entries of a family mostly stand together.
            if meaning.familyName == last || meaning.failure != nil { continue }
            last = meaning.familyName
            if seen.insert(last).inserted { families.append((last, self.keys[index])) }
        }
    }

    /// Sets the entries that make no series, in order.
    func reject(_ entries: [(fault: MultiprocessFault, index: Int)], _ keys: KeyTable) {
        rejected.removeAll(keepingCapacity: true)
        guard !entries.isEmpty else { return }
        // Offsets aren't kept, and can't be counted where the scan left an entry out.
        let isCountable = !damage.contains { $0.fault == .keyTooLong }
        var offset = MultiprocessEntry.headerLength
        var index = 0
        for entry in entries {
            while index < entry.index {
                offset += MultiprocessEntry.length(keyLength: keys.texts[self.keys[index]].count)
                index += 1
            }
            rejected.append((entry.fault, isCountable ? offset : nil, self.keys[index]))
        }
    }

    private func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        func grow<Element: BitwiseCopyable>(_ old: inout UnsafeMutablePointer<Element>, count: Int, to wanted: Int) {
            let new = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
            new.update(from: old, count: count)
            old.deallocate()
            old = new
        }
        grow(&keys, count: max(count, hintCount), to: wanted)
        grow(&values, count: count, to: wanted)
        if hasTimestamps { grow(&timestamps, count: count, to: wanted) }
        grow(&series, count: 0, to: wanted)
        capacity = wanted
    }
}
