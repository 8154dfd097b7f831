internal import CMetricsSupport
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Cells in private memory: those of a registry without files, and new series while the disk is full.
///
/// Its pages are mapped on their own and never unmapped, so kept children stay valid, and a forked child finds zeros
/// in them. Guarded by `StructureLock`.
package final class CellArena: @unchecked Sendable {
    /// The first block of a registry; each next one is twice as large, up to `largestBlock`.
    private static let firstBlock = 4096
    private static let largestBlock = 1 << 20
    private static let cellSize = 16

    private var next: UnsafeMutableRawPointer?
    private var left = 0
    private var blockSize = CellArena.firstBlock

    package init() {}

    /// A cell that holds zero, or `nil` when the system has no memory.
    func makeCell() -> _CellPointer? {
        if left < Self.cellSize, !addBlock() { return nil }
        guard let cell = next else { return nil }
        next = cell + Self.cellSize
        left -= Self.cellSize
        return cell.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    private func addBlock() -> Bool {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
        let length = max(blockSize, pageSize)
        let block = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let block, block != MAP_FAILED else { return false }
        guard metrics_region_add(block, length) else {
            munmap(block, length)
            return false
        }
        next = block
        left = length
        blockSize = min(length * 2, Self.largestBlock)
        return true
    }
}
