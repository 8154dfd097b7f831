internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The slots that this process owns, over all its registries. Guarded by `StructureLock`.
///
/// A record lock belongs to the process and falls when *any* descriptor of its file is closed. So a lock file is opened
/// once in a process, and a registry that comes upon one that is ours already passes on without opening it.
package enum SlotLeases {
    private static let mostSlots = 1 << 16

    /// Descriptors by lock file. `nonisolated(unsafe)`: touched under the structure lock alone.
    nonisolated(unsafe) private static var held: [FileIdentity: Int32] = [:]
    /// The fork after which `held` was made.
    nonisolated(unsafe) private static var generation: UInt64 = 0

    /// Takes the first slot that no living process owns.
    ///
    /// With `fresh`, only a slot that never had an owner will do: what a forked child needs, whose handles already have
    /// a layout.
    static func acquire(in directory: String, fresh: Bool) throws(MetricsStorageError) -> Slot {
        forgetParent()
        var lastError: Int32 = EAGAIN
        for number in 0..<mostSlots {
            switch attempt(number, in: directory, fresh: fresh) {
            case .acquired(let slot): return slot
            case .taken: continue
            case .failed(let errorNumber):
                lastError = errorNumber
                // Not a matter of this slot: the next one would fail alike.
                throw MetricsStorageError(
                    .lease,
                    path: Slot.lockPath(number, in: directory),
                    errorNumber: errorNumber
                )
            }
        }
        throw MetricsStorageError(
            .lease,
            path: directory,
            errorNumber: lastError,
            hint: "All \(mostSlots) slots are taken; empty the directory while no worker runs"
        )
    }

    private enum Attempt {
        case acquired(Slot)
        case taken
        case failed(Int32)
    }

    private static func attempt(_ number: Int, in directory: String, fresh: Bool) -> Attempt {
        let path = Slot.lockPath(number, in: directory)
        if let file = FileIdentity(path: path) {
            if fresh || held[file] != nil { return .taken }
        }
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | (fresh ? O_EXCL : 0)
        let descriptor = metrics_open(path, flags, 0o666)
        guard descriptor >= 0 else {
            if fresh, -descriptor == EEXIST { return .taken }
            return .failed(-descriptor)
        }
        guard let file = FileIdentity(descriptor: descriptor) else {
            let errorNumber = errno
            close(descriptor)
            return .failed(errorNumber)
        }
        // The name changed hands between the two looks. Closing this descriptor would give up our own lock.
        if held[file] != nil { return .taken }
        let result = metrics_lock_try(descriptor)
        guard result == 0 else {
            close(descriptor)
            return result == EACCES || result == EAGAIN ? .taken : .failed(result)
        }
        guard FileIdentity(path: path) == file else {
            // Somebody removed the file before we had its lock; others would lock another one.
            close(descriptor)
            return .taken
        }
        held[file] = descriptor
        return .acquired(Slot(number: number, lockFile: file, descriptor: descriptor))
    }

    /// Gives a slot up. Its files stay for the next owner.
    static func release(_ slot: Slot) {
        forgetParent()
        guard held[slot.lockFile] == slot.descriptor else { return }
        held[slot.lockFile] = nil
        close(slot.descriptor)
    }

    /// Whether the process behind an identity in file names lives, as far as we can know: of names that others chose,
    /// pids among them, we know nothing, and they count.
    package static func isLive(identity: String, in directory: String) -> Bool {
        guard let number = Slot.number(of: identity) else { return true }
        return StructureLock.withLock { isLive(number, in: directory) }
    }

    /// Whether a living process owns the slot. Only a lock that is free proves death.
    static func isLive(_ number: Int, in directory: String) -> Bool {
        forgetParent()
        let path = Slot.lockPath(number, in: directory)
        guard let file = FileIdentity(path: path) else { return true }
        if held[file] != nil { return true }
        let descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW, 0)
        guard descriptor >= 0 else { return isLiveReadOnly(path) }
        defer { close(descriptor) }
        return metrics_lock_query(descriptor) != 0
    }

    private static func isLiveReadOnly(_ path: String) -> Bool {
        let descriptor = metrics_open(path, O_RDONLY | O_NOFOLLOW, 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return metrics_lock_query(descriptor) != 0
    }

    /// In a forked child: the parent's locks are not ours, and closing our copies of its descriptors frees none.
    private static func forgetParent() {
        let current = metrics_fork_generation()
        guard generation != current else { return }
        for descriptor in held.values { close(descriptor) }
        held = [:]
        generation = current
    }
}
