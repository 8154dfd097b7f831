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
        // A scrape that cannot have the lock reads all the same: it must not fail because of an archiver.
        let isHeld = (try? wait(in: directory) { () throws(Refusal) in try beginReading(file, in: directory) }) != nil
        defer { if isHeld { StructureLock.withLock { endReading(file) } } }
        return scrape(ArchiveJournal.filesLeftOver(in: directory))
    }

    private static func beginReading(_ file: FileIdentity, in directory: String) throws(Refusal) {
        let holder = try holder(file, in: directory, flags: O_RDONLY)
        guard !holder.isExclusive else { throw .isTaken }
        if holder.readers == 0 { try check(metrics_lock_try_shared(holder.descriptor, byte)) }
        holders[file]?.readers += 1
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
        let file = try wait(in: directory) { () throws(Refusal) in
            let file = try makeFile(in: directory)
            try begin(file, in: directory)
            return file
        }
        defer { StructureLock.withLock { end(file) } }
        body()
    }

    /// The same for a caller that holds the structure lock, where other processes are quick to let go.
    static func lockedArchiving<Result>(_ directory: String, _ body: () -> Result) -> Result? {
        guard let file = try? makeFile(in: directory) else { return nil }
        for _ in 0..<250 {
            do throws(Refusal) {
                try begin(file, in: directory)
                defer { end(file) }
                return body()
            } catch {
                guard case .isTaken = error else { return nil }
                // A scrape of this process cannot end before the structure lock is free.
                if holders[file].map({ $0.readers > 0 || $0.isExclusive }) ?? true { return nil }
                usleep(1000)
            }
        }
        return nil
    }

    private static func makeFile(in directory: String) throws(Refusal) -> FileIdentity {
        let path = path(in: directory)
        if let file = FileIdentity(path: path) { return file }
        let descriptor = metrics_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            // Somebody else may have made it meanwhile.
            guard let file = FileIdentity(path: path) else { throw .isImpossible(-descriptor) }
            return file
        }
        forgetParent()
        guard let file = FileIdentity(descriptor: descriptor) else {
            let errorNumber = errno
            close(descriptor)
            throw .isImpossible(errorNumber)
        }
        holders[file] = Holder(descriptor: descriptor)
        return file
    }

    private static func begin(_ file: FileIdentity, in directory: String) throws(Refusal) {
        let holder = try holder(file, in: directory, flags: O_RDWR)
        guard !holder.isExclusive, holder.readers == 0 else { throw .isTaken }
        try check(metrics_lock_try(holder.descriptor, byte))
        holders[file]?.isExclusive = true
    }

    private static func end(_ file: FileIdentity) {
        forgetParent()
        guard let holder = holders[file], holder.isExclusive else { return }
        holders[file]?.isExclusive = false
        _ = metrics_lock_release(holder.descriptor, byte)
    }

    // MARK: Both

    /// Why the lock is not to be had now.
    private enum Refusal: Error {
        case isTaken
        /// With the system's error number.
        case isImpossible(Int32)
    }

    private static func check(_ result: Int32) throws(Refusal) {
        guard result != 0 else { return }
        throw result == EACCES || result == EAGAIN ? .isTaken : .isImpossible(result)
    }

    /// Waits for the lock; throws why it cannot be had.
    private static func wait<Held>(
        in directory: String,
        for attempt: () throws(Refusal) -> Held
    ) throws(MetricsStorageError) -> Held {
        let path = path(in: directory)
        for _ in 0..<patience {
            do throws(Refusal) {
                return try StructureLock.withLock(attempt)
            } catch {
                if case .isImpossible(let errorNumber) = error {
                    throw SlotLeases.reaperFailure(.lockArchive, path, errorNumber)
                }
                usleep(1000)
            }
        }
        throw MetricsStorageError(
            .lockArchive,
            path: path,
            errorNumber: EAGAIN,
            hint: "Somebody else archives or scrapes without end; try again later"
        )
    }

    private static func holder(
        _ file: FileIdentity,
        in directory: String,
        flags: Int32
    ) throws(Refusal) -> Holder {
        forgetParent()
        if let known = holders[file] { return known }
        let path = path(in: directory)
        var descriptor = metrics_open(path, O_RDWR | O_NOFOLLOW, 0)
        if descriptor < 0, flags == O_RDONLY { descriptor = metrics_open(path, O_RDONLY | O_NOFOLLOW, 0) }
        guard descriptor >= 0 else { throw .isImpossible(-descriptor) }
        guard FileIdentity(descriptor: descriptor) == file else {
            close(descriptor)
            throw .isImpossible(ESTALE)
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
