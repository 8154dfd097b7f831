/// Every series that the files' entries are merged into, with its finished text and its merged value.
///
/// Series 0 is nobody's: entries that make no series go there.
final class SeriesTable {
    /// What a series is in its family.
    enum Role: Equatable {
        /// A sample as it stands in the files.
        case sample
        /// A histogram's bucket with its upper bound.
        case bucket(bound: Double)
    }

    /// Sample names that text 0.0.4 doesn't have in a family; each makes a family of gauges of its own.
    enum Suffix: String, CaseIterable {
        case created = "_created"
        case count = "_gcount"
        case sum = "_gsum"
    }

    struct Series {
        let family: UInt32
        /// The series of the family that have the same labels, but for `le`; 0 where that doesn't matter.
        let group: UInt32
        let role: Role
        let suffix: Suffix?
        /// In which layout the series was last met.
        var layout = 0
    }

    /// Series by number.
    var series: [Series] = []
    /// The series that holds a group's count of observations, once a bucket asked for it; 0 before.
    private(set) var countOfGroup: [UInt32] = [0]

    /// Merged values by number, while a scrape is under way.
    private(set) var values: UnsafeMutablePointer<Double>
    /// The timestamps that won, of series in mode mostrecent.
    private(set) var timestamps: UnsafeMutablePointer<Double>
    /// What a scrape has met of each series.
    private(set) var states: UnsafeMutablePointer<State>
    /// How each series is merged.
    private(set) var operations: UnsafeMutablePointer<Operation>

    /// What a scrape has met of a series.
    enum State: UInt8 {
        /// No entry.
        case absent
        /// Entries without a value: a gauge in mode mostrecent that wasn't set.
        case unset
        /// A value.
        case present
    }

    /// What happens to a series' value with each entry.
    enum Operation: UInt8 {
        case nothing, add, minimum, maximum, mostRecent, replace
    }

    private var texts = InternTable()
    private var groups = InternTable()
    private var capacity = 64

    init() {
        values = .allocate(capacity: capacity)
        timestamps = .allocate(capacity: capacity)
        states = .allocate(capacity: capacity)
        operations = .allocate(capacity: capacity)
        // Both tables begin with an entry that stands for none.
        _ = number(family: .max, text: [], operation: .nothing) {
            Series(family: .max, group: 0, role: .sample, suffix: nil)
        }
        _ = group(family: .max, labels: [])
    }

    deinit {
        values.deallocate()
        timestamps.deallocate()
        states.deallocate()
        operations.deallocate()
    }

    var count: Int { series.count }

    /// The finished text of a series.
    func text(_ number: UInt32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: texts[number].dropFirst(MemoryLayout<UInt32>.size))
    }

    /// The series of that family and text, made where there is none.
    func number(family: UInt32, text: [UInt8], operation: Operation, make: () -> Series) -> UInt32 {
        let (number, isNew) = Self.intern(family, text, in: &texts)
        if isNew {
            if series.count == capacity { grow() }
            operations[series.count] = operation
            series.append(make())
        }
        return number
    }

    /// The group of that family and labels.
    func group(family: UInt32, labels: ArraySlice<UInt8>) -> UInt32 {
        let (number, isNew) = Self.intern(family, labels, in: &groups)
        if isNew, number > 0 { countOfGroup.append(0) }
        return number
    }

    func setCount(_ series: UInt32, ofGroup group: UInt32) {
        countOfGroup[Int(group)] = series
    }

    /// Forgets all values before a scrape.
    func reset() {
        values.update(repeating: 0, count: count)
        timestamps.update(repeating: 0, count: count)
        states.update(repeating: .absent, count: count)
    }

    /// A family is part of what makes a series one: its number stands in front of the text.
    private static func intern(
        _ family: UInt32,
        _ text: some RandomAccessCollection<UInt8>,
        in table: inout InternTable
    ) -> (number: UInt32, isNew: Bool) {
        withUnsafeTemporaryAllocation(byteCount: MemoryLayout<UInt32>.size + text.count, alignment: 4) { bytes in
            bytes.storeBytes(of: family, as: UInt32.self)
            UnsafeMutableRawBufferPointer(rebasing: bytes.dropFirst(MemoryLayout<UInt32>.size)).copyBytes(from: text)
            return table.intern(UnsafeRawBufferPointer(bytes))
        }
    }

    private func grow() {
        func move<Element: BitwiseCopyable>(_ old: inout UnsafeMutablePointer<Element>) {
            let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
            new.update(from: old, count: capacity)
            old.deallocate()
            old = new
        }
        move(&values)
        move(&timestamps)
        move(&states)
        move(&operations)
        capacity *= 2
    }
}
