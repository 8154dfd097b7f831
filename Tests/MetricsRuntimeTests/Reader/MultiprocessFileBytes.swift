import Foundation
import MetricsRuntime

/// A multiprocess file under construction, valid or not.
struct MultiprocessFileBytes {
    private(set) var bytes: [UInt8] = []

    /// A file without entries.
    init() {
        MultiprocessEntry.appendHeader(used: MultiprocessEntry.headerLength, to: &bytes)
    }

    /// A file with the entries that `build` adds.
    init(_ build: (inout MultiprocessFileBytes) -> Void) {
        self.init()
        build(&self)
    }

    /// Appends an entry, and counts it in the header.
    mutating func add(
        _ family: String,
        sample: String? = nil,
        _ labels: [(name: String, value: String)] = [],
        help: String = "help",
        value: Double,
        timestamp: Double = 0
    ) {
        let key = MultiprocessKey.encode(family: family, sample: sample ?? family, labels: labels, help: help)
        add(key: key, value: value, timestamp: timestamp)
    }

    /// Appends an entry with any bytes for a key.
    mutating func add(key: [UInt8], value: Double, timestamp: Double = 0) {
        MultiprocessEntry.append(key: key, value: value, timestamp: timestamp, to: &bytes)
        setUsed(bytes.count)
    }

    /// Appends bytes that are no entry, and counts them in the header.
    mutating func add(raw: [UInt8]) {
        bytes += raw
        setUsed(bytes.count)
    }

    /// Appends bytes behind what the header counts.
    mutating func addUncounted(_ rest: [UInt8]) {
        bytes += rest
    }

    /// Makes the header say that so many bytes are used.
    mutating func setUsed(_ used: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: used)) { bytes.replaceSubrange(0..<4, with: $0) }
    }

    /// Cuts the file without a change of its header.
    mutating func cut(to length: Int) {
        bytes.removeLast(max(0, bytes.count - length))
    }

    /// The native bytes of a number.
    static func native(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number) { Array($0) }
    }

    /// Writes the file under that name, in the place of what was there.
    func write(_ name: String, in folder: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
}
