/// What a registry counts about itself.
extension RegistryState {
    /// The cell that counts look-ups past a metric's bounds.
    func foldCell(of metric: String) -> _CellPointer {
        family(for: SelfMetrics.folded).lockedChild([metric]).record.pointee.cell
    }

    func countRefusal(of metric: String) {
        // Not by a child, which may ask for a shard, and so for the lock that is held here.
        family(for: SelfMetrics.refused).lockedChild([metric]).record.pointee.cell._add(1)
    }
}
