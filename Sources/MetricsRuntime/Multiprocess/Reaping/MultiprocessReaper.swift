#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Does for dead processes what they can no longer do for themselves: for a supervisor, or from time to time.
///
/// Nothing needs it for scrapes of this package to be right: they leave out what the dead said of the living. It keeps a
/// directory small, and helps Python's collector, which cannot tell the dead from the living.
///
/// Any number of processes may do this at any time, also while others write and scrape. Thread-safe.
public struct MultiprocessReaper: Sendable {
    /// The path of the directory.
    public let directory: String

    /// Creates a reaper for a directory, which need not exist.
    public init(directory: String) {
        self.directory = directory
    }

    /// Removes the live gauges of all slots whose owners have died, and folds their other files in place.
    ///
    /// No reader, Python's included, sees a value change by that but the live gauges. Files of Python's processes stay
    /// as they are. A slot of this process is never touched.
    public func reapDeadSlots() -> ReapReport {
        var report = ReapReport()
        for number in StructureLock.withLock({ DeadSlots.numbers(in: directory) }) {
            // One slot at a time: updates that make series wait for this lock.
            StructureLock.withLock { DeadSlots.reap(number, in: directory, .removalAndFolding, &report) }
        }
        return report
    }

    /// Moves what dead slots counted into one archive file a kind, so that a directory has as many files as processes
    /// live, however many there once were.
    ///
    /// Only where no other program reads the directory, and every scrape goes through this package: its readers take a
    /// lock that this waits for, and Python's collector does not. Gauges in mode `all` stay where they are.
    public func archiveDeadSlots() -> ReapReport {
        var report = ReapReport()
        SlotArchive.archive(directory, &report)
        return report
    }

    /// Tells that a process has died, so that its live gauges go: what Python's `mark_process_dead` does, and the same
    /// for the slots of this package, whose owners need not be named.
    ///
    /// For a supervisor, after it has waited for a worker. It must be sure: of a living Python process the live gauges
    /// would vanish until it starts anew.
    ///
    /// - Parameter pid: The process id that stands in the names of a Python process's files.
    @discardableResult
    public func markProcessDead(pid: Int32) -> ReapReport {
        var report = ReapReport()
        removeLiveGauges(identity: String(pid), &report)
        for number in StructureLock.withLock({ DeadSlots.numbers(in: directory) }) {
            StructureLock.withLock { DeadSlots.reap(number, in: directory, .removal, &report) }
        }
        return report
    }

    /// Removes the live gauges of all Python processes whose pids no process has, or one that has ended and that its
    /// parent has not waited for yet.
    ///
    /// Only where all processes that write to the directory are in this process's pid namespace: in another container
    /// every pid looks dead. A pid that a new process has is left alone, whoever that process is. Without a readable `/proc`
    /// a process that nobody has waited for counts as alive.
    public func reapDeadPythonProcesses() -> ReapReport {
        var report = ReapReport()
        let names = (try? DirectoryNames.all(in: directory)) ?? []
        let identities = Set(
            names.compactMap { name -> String? in
                guard let file = MultiprocessFileName(Array(name.utf8)), file.mode?.isLive == true else { return nil }
                return String(decoding: file.identity, as: UTF8.self)
            }
        )
        for identity in identities.sorted() {
            guard let pid = Int32(identity), pid > 0, String(pid) == identity else { continue }
            guard Self.hasEnded(pid) else { continue }
            removeLiveGauges(identity: identity, &report)
        }
        return report
    }

    private static func hasEnded(_ pid: Int32) -> Bool {
        // A process that we have no right to send a signal to is there all the same.
        if kill(pid, 0) != 0, errno == ESRCH { return true }
        // Until its parent has waited for it, a dead process keeps its number.
        return SystemFile.text("/proc/\(pid)/stat").flatMap(ProcessStatus.init)?.hasEnded ?? false
    }

    private func removeLiveGauges(identity: String, _ report: inout ReapReport) {
        for kind in FileKind.all where kind.isLive {
            report.remove("\(directory)/\(kind.fileName(identity: identity))")
        }
    }
}
