/// Memory for the fixed records that kept children point to: series, label texts, bucket bounds.
///
/// Nothing in it is ever freed, so those pointers stay valid for the life of the process. Guarded by `StructureLock`.
package final class RecordArena: @unchecked Sendable {
    private static let firstBlock = 1024
    private static let largestBlock = 1 << 18

    private var next: UnsafeMutableRawPointer?
    private var left = 0
    private var blockSize = RecordArena.firstBlock

    package init() {}

    /// Uninitialised memory of that size; the alignment is a power of two of at most 64.
    func allocate(byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer {
        if let next {
            let aligned = next.alignedUp(toMultipleOf: alignment)
            let padding = aligned - next
            if padding + byteCount <= left {
                self.next = aligned + byteCount
                left -= padding + byteCount
                return aligned
            }
        }
        if byteCount > blockSize / 4 {
            return UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
        }
        let block = UnsafeMutableRawPointer.allocate(byteCount: blockSize, alignment: 64)
        next = block + byteCount
        left = blockSize - byteCount
        blockSize = min(blockSize * 2, Self.largestBlock)
        return block
    }
}
