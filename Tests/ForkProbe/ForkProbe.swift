import CForkProbe
import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Scenes around `fork()` and process death, each run in a process of its own by the tests.
///
/// Prints `ok` and exits with 0, or says what was wrong and exits with 1.
@main
enum ForkProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { return fail("usage: ForkProbe SCENE DIRECTORY [NUMBER]") }
        let number = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
        switch arguments[1] {
        case "kept-children": KeptChildren.run(directory: arguments[2])
        case "grandchild": Grandchild.run(directory: arguments[2])
        case "threads": ForkingThreads.run(directory: arguments[2])
        case "scrapes": ForkedScrapes.run(directory: arguments[2])
        case "count": Worker.count(directory: arguments[2], times: number)
        case "count-until-killed": Worker.countUntilKilled(directory: arguments[2])
        case "unprivileged": Worker.prepareUnprivileged(directory: arguments[2])
        case "foreign-slot": Worker.shareWithOther(directory: arguments[2])
        case "serve-gauges": Worker.holdGauges(directory: arguments[2], value: Double(number))
        case "bus-error": BusError.run(directory: arguments[2])
        case "bus-error-handled": BusError.runHandled(directory: arguments[2])
        case "fill": Filling.run(directory: arguments[2], count: number)
        case "archive-until-killed": Reaping.archiveUntilKilled(directory: arguments[2])
        case "reap-unprivileged": Reaping.reapUnprivileged(directory: arguments[2])
        case "first-thread-gone": fork_probe_end_first_thread()
        case "collect-unprivileged": Reaping.collectUnprivileged(directory: arguments[2])
        case "collect-in-little-memory": LittleMemory.collect(directory: arguments[2])
        case "distinct-values": DistinctValues.run(directory: arguments[2], count: number)
        case "fork-stress": ForkStress.run(directory: arguments[2], seed: number)
        case "prepared-parent": PreparedParent.run(directory: arguments[2])
        case "relative-directory": Worker.changeWorkingDirectory(directory: arguments[2])
        case "full-directory": FullDirectory.run(directory: arguments[2])
        case "bootstrap": Bootstrap.run(directory: arguments[2])
        case "replacement": Replacement.run(directory: arguments[2], number: number)
        default: fail("unknown scene \(arguments[1])")
        }
    }

    static func fail(_ message: String) {
        print(message)
        exit(1)
    }

    static func check(_ condition: Bool, _ message: @autoclosure () -> String) {
        if !condition { fail(message()) }
    }

    static func registry(_ directory: String) -> MetricsRegistry {
        MetricsRegistry(storage: .directory(directory))
    }
}

/// The metrics of all scenes.
enum ProbeMetrics {
    static let counter = MetricDescriptor(
        name: "probe_total",
        documentation: "Counted by the probe",
        type: .counter,
        labels: [MetricDescriptor.Label(name: "key")],
        maxSeries: 1_000_000
    )
    static let histogram = MetricDescriptor(
        name: "probe_seconds",
        documentation: "Observed by the probe",
        type: .histogram,
        labels: [MetricDescriptor.Label(name: "key")],
        buckets: [0.1, 1, 10]
    )
    static let summary = MetricDescriptor(
        name: "probe_size",
        documentation: "Measured by the probe",
        type: .summary,
        labels: [MetricDescriptor.Label(name: "key")]
    )
    static func gauge(_ mode: MultiprocessMode, name: String = "probe_gauge") -> MetricDescriptor {
        MetricDescriptor(
            name: "\(name)_\(mode.rawValue)",
            documentation: "Set by the probe",
            type: .gauge,
            multiprocessMode: mode
        )
    }
}
