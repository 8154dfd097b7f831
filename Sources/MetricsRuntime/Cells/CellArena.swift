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
        makeRoom(byteCount: Self.cellSize, alignment: Self.cellSize)?.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// Zeroed memory, or `nil` when the system has none; the alignment is a power of two below a page.
    func makeRoom(byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer? {
        if let room = take(byteCount, alignment) { return room }
        guard addBlock(atLeast: byteCount) else { return nil }
        return take(byteCount, alignment)
    }

    private func take(_ byteCount: Int, _ alignment: Int) -> UnsafeMutableRawPointer? {
        guard let start = next?.alignedUp(toMultipleOf: alignment), let next else { return nil }
        let end = start - next + byteCount
        guard end <= left else { return nil }
        self.next = next + end
        left -= end
        return start
    }

    private func addBlock(atLeast byteCount: Int) -> Bool {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
        let length = (max(blockSize, byteCount) + pageSize - 1) / pageSize * pageSize
        let block = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let block, block != MAP_FAILED else { return false }
        guard metrics_region_add(block, length) else {
            munmap(block, length)
            return false
        }
        next = block
        left = length
        blockSize = min(blockSize * 2, Self.largestBlock)
        return true
    }
}
