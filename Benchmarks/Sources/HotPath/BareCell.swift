internal import MetricsRuntime
internal import Synchronization

/// A cell that nothing of the runtime knows, updated by the floor's loop.
public final class BareCell: @unchecked Sendable {
    // Lives as long as this object and has its cache line for itself; all access is atomic.
    private let memory: UnsafeMutableRawPointer
    private let cell: _CellPointer

    /// A cell with the value 0.
    public init() {
        memory = .allocate(byteCount: 128, alignment: 128)
        cell = memory.bindMemory(to: Atomic<UInt64>.self, capacity: 1)
        cell.initialize(to: Atomic(0))
    }

    deinit { memory.deallocate() }

    /// Adds 1 so many times.
    public func add(_ count: Int) { Floor.add(cell)(count) }

    /// Reads the value as a scrape does: one load.
    @inline(never)
    @discardableResult
    public func read() -> UInt64 { cell.pointee.load(ordering: .relaxed) }
}
