import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a supervisor or an exporter does, in a process of its own.
enum Reaping {
    /// Archives dead slots, of which it makes new ones that say nothing, until somebody kills it.
    static func archiveUntilKilled(directory: String) {
        let reaper = MultiprocessReaper(directory: directory)
        for round in 0..<1_000_000 {
            _ = reaper.archiveDeadSlots()
            let registry = ForkProbe.registry(directory)
            CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "round")).inc(by: 0)
            if round == 0 { _ = write(1, "started\n", 8) }
        }
    }

    /// Prints what a user who may only read sees.
    static func collectUnprivileged(directory: String) {
        if getuid() == 0 { ForkProbe.check(setuid(65534) == 0, "cannot give up root") }
        let snapshot = MultiprocessCollector(directory: directory).collect()
        let text = ExpositionFormat.text.encode(snapshot)
        print(String(decoding: text, as: UTF8.self))
    }

    /// Reaps as a user who has no right to send signals to others' processes or to write their files, and prints what was
    /// removed and what could not be done.
    static func reapUnprivileged(directory: String) {
        if getuid() == 0 { ForkProbe.check(setuid(65534) == 0, "cannot give up root") }
        let reaper = MultiprocessReaper(directory: directory)
        for report in [reaper.reapDeadPythonProcesses(), reaper.reapDeadSlots(), reaper.archiveDeadSlots()] {
            for name in report.removedFiles { print("removed \(name)") }
            for failure in report.failures { print("failed \(failure)") }
        }
    }
}
