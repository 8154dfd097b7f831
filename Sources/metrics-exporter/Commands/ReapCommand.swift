import ArgumentParser
import MetricsRuntime

/// `metrics-exporter reap`: does for dead processes what they can no longer do for themselves.
struct ReapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reap",
        abstract: "Removes the live gauges of dead processes and folds their files.",
        discussion: """
            Slots of this package's runtime are known to be dead by their locks. Python's processes are known by a \
            number alone, so their live gauges go only where somebody says which process is dead: --pid after waiting \
            for it, or --same-pid-namespace where every process that writes to the directory runs in this container. \
            Counters, histograms and summaries are never lost.

            Prints what was done to each file. May run at any time, as often as you like.
            """
    )

    @OptionGroup var directoryOptions: DirectoryOptions

    @Option(
        name: .customLong("pid"),
        help: ArgumentHelp(
            "A Python process that has ended; may be given several times.",
            discussion: "What Python's mark_process_dead does.",
            valueName: "pid"
        )
    )
    var pids: [Int32] = []

    @Flag(
        name: .customLong("same-pid-namespace"),
        help: "Take Python's processes for dead whose pids no living process has here."
    )
    var isSamePIDNamespace = false

    @Flag(
        name: .customLong("sole-reader"),
        help: ArgumentHelp(
            "Move what dead slots counted into one archive file a kind.",
            discussion: """
                Only where nothing but this package's collectors and exporters reads the directory: Python's collector \
                would see values twice or not at all for a moment.
                """
        )
    )
    var isSoleReader = false

    func validate() throws {
        for pid in pids where pid <= 0 {
            throw ValidationError("--pid \(pid) is no process; give the number in the names of its files, such as 4711")
        }
    }

    func run() async throws {
        try await ExporterFailure.reported {
            let reaper = MultiprocessReaper(directory: try directoryOptions.requireReadable())
            var reports = [reaper.reapDeadSlots()]
            reports += pids.map { reaper.markProcessDead(pid: $0) }
            if isSamePIDNamespace { reports.append(reaper.reapDeadPythonProcesses()) }
            if isSoleReader { reports.append(reaper.archiveDeadSlots()) }
            let lines = reports.flatMap(Self.lines)
            do {
                try StandardStream.output.write(Array(lines.map { $0 + "\n" }.joined().utf8))
            } catch {
                throw ExporterFailure.output("cannot write to standard output: \(error)")
            }
            // Each step comes upon the same slot.
            var known: Set<MetricsStorageError> = []
            let failures = reports.flatMap(\.failures).filter { known.insert($0).inserted }
            if !failures.isEmpty {
                throw ExporterFailure.output(failures.map(\.description).joined(separator: "\n"))
            }
        }
    }

    private static func lines(_ report: ReapReport) -> [String] {
        let archived = Set(report.archivedFiles)
        return report.removedFiles.filter { !archived.contains($0) }.map { "removed \($0)" }
            + report.foldedFiles.map { "folded \($0)" }
            + report.archivedFiles.map { "archived \($0)" }
    }
}
