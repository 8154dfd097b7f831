internal import BenchmarkMetrics
internal import MetricsRuntime

/// Series that do not exist yet.
public final class NewSeries {
    private let keys: [String]
    /// As long as an entry of such a series in a file of Python's layout.
    private static let entryLength = 144

    /// Texts that no other turn has.
    public init(turn: Int, count: Int) {
        keys = (0..<count).map { "key-\(turn)-\($0)" }
    }

    /// The bytes of all texts together.
    public var labelTextLength: Int { keys.reduce(0) { $0 + $1.utf8.count } }

    /// Counts into the first `count` of them.
    public func make(_ count: Int) {
        for index in 0..<count { Growing.inc(key: keys[index]) }
    }

    /// The floor: copies `count` entries, one behind the other.
    public func copyEntries(_ count: Int) {
        let entry = [UInt8](repeating: 0x20, count: Self.entryLength)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.entryLength * count, alignment: 8)
        defer { memory.deallocate() }
        for index in 0..<count {
            let offset = index * Self.entryLength
            UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + Self.entryLength]).copyBytes(from: entry)
        }
        Self.use(memory)
    }

    /// Keeps the optimiser from leaving out stores that nobody reads.
    @inline(never)
    private static func use(_ memory: UnsafeMutableRawBufferPointer) { _ = memory }
}
