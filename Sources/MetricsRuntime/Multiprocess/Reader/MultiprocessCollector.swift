/// Merges the metrics of all processes that write to a multiprocess directory.
///
/// The files are those of Python's `prometheus_client` (0.18 and later) and of this package; what comes out is what
/// Python's `MultiProcessCollector` makes of them, for files in the order of their names. Unlike there, a damaged or
/// foreign file or entry never fails a scrape: it is left out and counted, and everything else is served.
///
/// Keep one collector for each directory: it remembers what it read, so that later scrapes take a fraction of the time
/// of the first. Values are read anew at every scrape.
///
/// Thread-safe; scrapes of one collector run one after the other.
public final class MultiprocessCollector: Sendable {
    /// The path of the directory.
    public let directory: String

    private let lock = Lock()
    private nonisolated(unsafe) let merge: DirectoryMerge

    /// Creates a collector for a directory, which need not exist yet.
    ///
    /// Nothing is read before the first ``collect()``. Of the slots of this package's runtime it knows which ones have a
    /// living owner: the `live…` gauges of the dead are left out, and their files removed where that is permitted.
    public convenience init(directory: String) {
        self.init(directory: directory, liveness: { DeadSlots.counts(identity: $0, in: directory) })
    }

    /// Creates a collector without a directory, for ``merge(_:types:)``.
    package convenience init() {
        self.init(directory: "", liveness: { _ in true })
    }

    /// Merges files that are all in memory, as those of a directory would be: give them in the order of their names.
    ///
    /// Uses what it remembers of the files that were given last.
    ///
    /// - Parameter types: The lines of side files: types and units of families.
    package func merge(_ sources: [MultiprocessSource], types: [UInt8]) -> MetricSnapshot {
        var lines = FamilyTypes()
        lines.read(types)
        return lock.withLock { merge.merge(sources, types: lines) }
    }

    /// Creates a collector that leaves out the `live…` gauges of dead processes.
    ///
    /// - Parameters:
    ///   - directory: The path of the directory.
    ///   - liveness: Whether the process with that identity, as it stands in its files' names, is alive. Asked at most
    ///     once a scrape for each identity, with the collector locked: it must not use the collector.
    package init(directory: String, liveness: @escaping @Sendable (_ identity: String) -> Bool) {
        self.directory = directory
        merge = DirectoryMerge(path: directory, isAlive: liveness)
    }

    /// Reads and merges the files as they are now.
    ///
    /// Never fails: without a directory there are no families, and what can't be read is left out and counted.
    public func collect() -> MetricSnapshot {
        collect(with: [])
    }

    /// The same, with files that are in memory merged behind those of the directory: what a process could not store.
    package func collect(with additional: [MultiprocessSource]) -> MetricSnapshot {
        lock.withLock {
            ArchiveLock.reading(directory) { merge.collect(with: additional, leavingOut: $0) }
        }
    }

    /// How often each fault was met since the collector was made; faults that were never met are absent.
    ///
    /// A file that stays damaged counts at every scrape.
    public var faults: [MultiprocessFault: Int] {
        lock.withLock { merge.log.totals }
    }

    /// What the last scrape left out, and where it stands: the first hundred faults.
    public var lastFaults: [MultiprocessFaultReport] {
        lock.withLock { merge.log.reports }
    }
}
