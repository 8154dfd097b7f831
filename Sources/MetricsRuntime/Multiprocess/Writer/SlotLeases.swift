internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The slots that this process owns, over all its registries.
///
/// Guarded by `StructureLock`.
///
/// A record lock belongs to the process and falls when *any* descriptor of its file is closed. So a lock file is opened
/// once in a process, and a registry that comes upon one that is ours already passes on without opening it.
enum SlotLeases {
    private static let mostSlots = 1 << 16

    /// The bytes of a lock file whose locks mean something.
    private enum Byte {
        /// Its holder owns the slot.
        static let owner: Int64 = 0
        /// Its holder does something about a slot without an owner.
        ///
        /// It has a byte of its own because a new owner waits for it, rather than taking the slot for owned and making
        /// files in the next one.
        static let reaper: Int64 = 1
    }

    /// How long a new owner waits for a reaper, in steps of a millisecond, before it takes another slot.
    ///
    /// A reaper is done in a few milliseconds, unless it does not get to run or was stopped. Each slot that is passed over
    /// means more files for good, so only what may be stopped is not waited for.
    private static let reaperPatience = 2000

    /// Descriptors by lock file.
    ///
    /// `nonisolated(unsafe)`: touched under the structure lock alone.
    nonisolated(unsafe) private static var held: [FileIdentity: Int32] = [:]
    /// The fork after which `held` was made.
    nonisolated(unsafe) private static var generation: UInt64 = 0

    /// Takes the first slot that no living process owns.
    ///
    /// With `fresh`, only a slot without files will do: what a forked child needs, whose handles already have a layout.
    static func acquire(in directory: String, fresh: Bool) throws(MetricsStorageError) -> Slot {
        for number in 0..<mostSlots {
            if fresh, !Slot.hasNoFiles(number, in: directory) { continue }
            guard let slot = try acquire(number, in: directory) else { continue }
            // Somebody may have come and gone in between.
            if !fresh || Slot.hasNoFiles(number, in: directory) { return slot }
            release(slot)
        }
        throw MetricsStorageError(
            .lease,
            path: directory,
            errorNumber: EAGAIN,
            hint: "All \(mostSlots) slots are taken; empty the directory while no worker runs"
        )
    }

    /// Takes that slot; `nil` where a process owns it, this one included.
    static func acquire(_ number: Int, in directory: String) throws(MetricsStorageError) -> Slot? {
        forgetParent()
        switch attempt(number, in: directory) {
        case .acquired(let slot):
            // A killed archiver may have left files that the archive has already.
            guard ArchiveJournal.exists(in: directory) else { return slot }
            if ArchiveLock.lockedArchiving(directory, { ArchiveJournal.recover(in: directory) }) != nil { return slot }
            release(slot)
            throw MetricsStorageError(
                .lockArchive,
                path: ArchiveLock.path(in: directory),
                errorNumber: EAGAIN,
                hint: "What an archiver began must end first; it is tried again"
            )
        case .taken: return nil
        case .failed(let errorNumber):
            // Not a matter of this slot: the next one would fail alike.
            throw MetricsStorageError(.lease, path: Slot.lockPath(number, in: directory), errorNumber: errorNumber)
        }
    }

    /// A slot whose owner is dead, for as long as something is done about what it left.
    final class DeadSlot {
        let number: Int
        private let descriptor: Int32

        fileprivate init(number: Int, descriptor: Int32) {
            self.number = number
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }

        var identity: String { Slot.identity(number) }
    }

    /// Keeps a slot without a living owner from getting a new one; `nil` where somebody owns it, nobody ever did, or
    /// somebody else is at it.
    ///
    /// Throws where the owner is dead and the lock cannot be had all the same, as without the right to write.
    static func acquireDead(_ number: Int, in directory: String) throws(MetricsStorageError) -> DeadSlot? {
        forgetParent()
        let path = Slot.lockPath(number, in: directory)
        guard let file = FileIdentity(path: path), held[file] == nil else { return nil }
        let descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW, 0)
        guard descriptor >= 0 else {
            if descriptor == -ENOENT || isLiveReadOnly(path) { return nil }
            throw reaperFailure(.lease, path, -descriptor)
        }
        let result = metrics_lock_try(descriptor, Byte.reaper)
        guard result == 0, metrics_lock_query(descriptor, Byte.owner) == 0,
            FileIdentity(path: path) == file, FileIdentity(descriptor: descriptor) == file
        else {
            close(descriptor)
            if result == 0 || result == EACCES || result == EAGAIN { return nil }
            throw reaperFailure(.lease, path, result)
        }
        return DeadSlot(number: number, descriptor: descriptor)
    }

    /// Why something cannot be done about what a dead process left, for the lock that it takes.
    static func reaperFailure(
        _ operation: MetricsStorageError.Operation,
        _ path: String,
        _ errorNumber: Int32
    ) -> MetricsStorageError {
        let hint: String? =
            switch errorNumber {
            case EACCES, EPERM, EROFS:
                "What dead processes left stays; run this as a user who may write the directory, where it is not mounted "
                    + "read-only"
            default: nil
            }
        return MetricsStorageError(operation, path: path, errorNumber: errorNumber, hint: hint)
    }

    private enum Attempt {
        case acquired(Slot)
        case taken
        case failed(Int32)
    }

    private static func attempt(_ number: Int, in directory: String) -> Attempt {
        let path = Slot.lockPath(number, in: directory)
        if let file = FileIdentity(path: path), held[file] != nil { return .taken }
        let descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW | O_CREAT, 0o666)
        guard descriptor >= 0 else {
            // Another user's slot, in a directory where this one may have a slot too.
            let isForeign = descriptor == -EACCES && FileIdentity(path: path) != nil && access(directory, W_OK) == 0
            return isForeign ? .taken : .failed(-descriptor)
        }
        guard let file = FileIdentity(descriptor: descriptor) else {
            let errorNumber = errno
            close(descriptor)
            return .failed(errorNumber)
        }
        // The name changed hands between the two looks. Closing this descriptor would give up our own lock.
        if held[file] != nil { return .taken }
        let result = metrics_lock_try(descriptor, Byte.owner)
        guard result == 0 else {
            close(descriptor)
            return result == EACCES || result == EAGAIN ? .taken : .failed(result)
        }
        guard FileIdentity(path: path) == file, waitForReaper(descriptor) else {
            // Somebody removed the file before we had its lock, and others would lock another one; or a reaper stopped.
            close(descriptor)
            return .taken
        }
        held[file] = descriptor
        return .acquired(Slot(number: number, lockFile: file, descriptor: descriptor))
    }

    /// Waits until nobody does anything about what the last owner left; whether that came in time.
    private static func waitForReaper(_ descriptor: Int32) -> Bool {
        for _ in 0..<reaperPatience {
            if metrics_lock_try(descriptor, Byte.reaper) == 0 {
                return metrics_lock_release(descriptor, Byte.reaper) == 0
            }
            usleep(1000)
        }
        return false
    }

    /// Gives a slot up.
    ///
    /// Its files stay for the next owner.
    static func release(_ slot: Slot) {
        forgetParent()
        guard held[slot.lockFile] == slot.descriptor else { return }
        held[slot.lockFile] = nil
        close(slot.descriptor)
    }

    /// Whether a living process owns the slot.
    ///
    /// Only a lock that is free proves death.
    static func isLive(_ number: Int, in directory: String) -> Bool {
        forgetParent()
        let path = Slot.lockPath(number, in: directory)
        guard let file = FileIdentity(path: path) else { return true }
        if held[file] != nil { return true }
        let descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW, 0)
        guard descriptor >= 0 else { return isLiveReadOnly(path) }
        defer { close(descriptor) }
        return metrics_lock_query(descriptor, Byte.owner) != 0
    }

    private static func isLiveReadOnly(_ path: String) -> Bool {
        let descriptor = metrics_open(path, O_RDONLY | O_NOFOLLOW, 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return metrics_lock_query(descriptor, Byte.owner) != 0
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
