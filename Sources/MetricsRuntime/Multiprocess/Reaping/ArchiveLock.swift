internal import CMetricsSupport

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The lock between scrapes of a directory, any number at a time, and the archiving of its dead slots.
///
/// A record lock on a side file between processes, and a count within this one. Scrapes do not touch the side file of a
/// directory that nobody archives. Nobody waits for ever: an archiver that was stopped must not stop scrapes.
enum ArchiveLock {
    private static let byte: Int64 = 0
    /// How often somebody looks whether the lock is free, at most; a millisecond passes in between.
    private static let patience = 5000

    private struct Holder {
        let descriptor: Int32
        var readers = 0
        var isExclusive = false
    }

    /// Lock files by identity, opened once in a process. `nonisolated(unsafe)`: under the structure lock alone.
    nonisolated(unsafe) private static var holders: [FileIdentity: Holder] = [:]
    /// The fork after which `holders` was made.
    nonisolated(unsafe) private static var generation: UInt64 = 0

    static func path(in directory: String) -> String { "\(directory)/swift-archive.lock" }

    // MARK: Scrapes

    /// Runs a scrape while nobody archives; again, where archiving began meanwhile for the first time.
    ///
    /// - Parameter scrape: Gets the names of files that do not count, since the archive has their values already.
    static func reading<Result>(_ directory: String, _ scrape: (_ left: Set<String>) -> Result) -> Result {
        guard let file = FileIdentity(path: path(in: directory)) else {
            let result = scrape([])
            return FileIdentity(path: path(in: directory)) == nil ? result : reading(directory, scrape)
        }
        let failure = wait(in: directory) { beginReading(file, in: directory) }
        defer { if failure == nil { StructureLock.withLock { endReading(file) } } }
        return scrape(ArchiveJournal.filesLeftOver(in: directory))
    }

    private static func beginReading(_ file: FileIdentity, in directory: String) -> Attempt {
        var errorNumber: Int32 = 0
        guard let holder = holder(file, in: directory, flags: O_RDONLY, &errorNumber) else {
            return .isImpossible(errorNumber)
        }
        guard !holder.isExclusive else { return .isTaken }
        if holder.readers == 0 {
            let result = metrics_lock_try_shared(holder.descriptor, byte)
            guard result == 0 else { return result == EACCES || result == EAGAIN ? .isTaken : .isImpossible(result) }
        }
        holders[file]?.readers += 1
        return .isHeld
    }

    private static func endReading(_ file: FileIdentity) {
        forgetParent()
        guard let holder = holders[file], holder.readers > 0 else { return }
        holders[file]?.readers -= 1
        if holder.readers == 1 { _ = metrics_lock_release(holder.descriptor, byte) }
    }

    // MARK: Archiving

    /// Runs `body` while nobody scrapes and nobody else archives; throws why that cannot be had.
    static func archiving(_ directory: String, _ body: () -> Void) throws(MetricsStorageError) {
        var made: FileIdentity?
        let failure = wait(in: directory) {
            var errorNumber: Int32 = 0
            made = makeFile(in: directory, &errorNumber)
            guard let made else { return .isImpossible(errorNumber) }
            return begin(made, in: directory)
        }
        if let failure { throw failure }
        guard let file = made else { return }
        defer { StructureLock.withLock { end(file) } }
        body()
    }

    /// The same for a caller that holds the structure lock, where other processes are quick to let go.
    static func lockedArchiving<Result>(_ directory: String, _ body: () -> Result) -> Result? {
        var errorNumber: Int32 = 0
        guard let file = makeFile(in: directory, &errorNumber) else { return nil }
        for _ in 0..<250 {
            switch begin(file, in: directory) {
            case .isHeld:
                defer { end(file) }
                return body()
            case .isImpossible:
                return nil
            case .isTaken:
                // A scrape of this process cannot end before the structure lock is free.
                if holders[file].map({ $0.readers > 0 || $0.isExclusive }) ?? true { return nil }
                usleep(1000)
            }
        }
        return nil
    }

    private static func makeFile(in directory: String, _ errorNumber: inout Int32) -> FileIdentity? {
        let path = path(in: directory)
        if let file = FileIdentity(path: path) { return file }
        let descriptor = metrics_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            errorNumber = -descriptor
            return FileIdentity(path: path)
        }
        forgetParent()
        guard let file = FileIdentity(descriptor: descriptor) else {
            errorNumber = errno
            close(descriptor)
            return nil
        }
        holders[file] = Holder(descriptor: descriptor)
        return file
    }

    private static func begin(_ file: FileIdentity, in directory: String) -> Attempt {
        var errorNumber: Int32 = 0
        guard let holder = holder(file, in: directory, flags: O_RDWR, &errorNumber) else {
            return .isImpossible(errorNumber)
        }
        guard !holder.isExclusive, holder.readers == 0 else { return .isTaken }
        let result = metrics_lock_try(holder.descriptor, byte)
        guard result == 0 else { return result == EACCES || result == EAGAIN ? .isTaken : .isImpossible(result) }
        holders[file]?.isExclusive = true
        return .isHeld
    }

    private static func end(_ file: FileIdentity) {
        forgetParent()
        guard let holder = holders[file], holder.isExclusive else { return }
        holders[file]?.isExclusive = false
        _ = metrics_lock_release(holder.descriptor, byte)
    }

    // MARK: Both

    private enum Attempt {
        case isHeld
        case isTaken
        /// With the system's error number.
        case isImpossible(Int32)
    }

    /// Waits for the lock; why it cannot be had.
    private static func wait(in directory: String, for attempt: () -> Attempt) -> MetricsStorageError? {
        for _ in 0..<patience {
            switch StructureLock.withLock(attempt) {
            case .isHeld: return nil
            case .isImpossible(let errorNumber): return SlotLeases.reaperFailure(path(in: directory), errorNumber)
            case .isTaken: usleep(1000)
            }
        }
        return MetricsStorageError(
            .lease,
            path: path(in: directory),
            errorNumber: EAGAIN,
            hint: "Somebody else archives or scrapes without end; try again later"
        )
    }

    private static func holder(
        _ file: FileIdentity,
        in directory: String,
        flags: Int32,
        _ errorNumber: inout Int32
    ) -> Holder? {
        forgetParent()
        if let known = holders[file] { return known }
        let path = path(in: directory)
        var descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW, 0)
        if descriptor < 0, flags == O_RDONLY { descriptor = metrics_open(path, O_RDONLY | O_NOFOLLOW, 0) }
        guard descriptor >= 0 else {
            errorNumber = -descriptor
            return nil
        }
        guard FileIdentity(descriptor: descriptor) == file else {
            errorNumber = ESTALE
            close(descriptor)
            return nil
        }
        let holder = Holder(descriptor: descriptor)
        holders[file] = holder
        return holder
    }

    /// In a forked child: scrapes of the parent go on in the parent alone.
    private static func forgetParent() {
        let current = metrics_fork_generation()
        guard generation != current else { return }
        for holder in holders.values { close(holder.descriptor) }
        holders = [:]
        generation = current
    }
}
