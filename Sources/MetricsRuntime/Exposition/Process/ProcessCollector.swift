/// The standard `process_*` metrics of the process that serves them, from Linux's `/proc`.
///
/// | metric | what |
/// | --- | --- |
/// | `process_cpu_seconds_total` | user and system processor time, in seconds |
/// | `process_open_fds`, `process_max_fds` | open file descriptors, and how many there may be |
/// | `process_virtual_memory_bytes`, `process_virtual_memory_max_bytes` | address space, and how much there may be |
/// | `process_resident_memory_bytes` | memory in use |
/// | `process_start_time_seconds` | when the process began, in Unix seconds |
/// | `process_threads` | threads |
///
/// What the system does not tell, or tells as "unlimited", is left out rather than made up; on a system without `/proc`
/// there are no such metrics. Nothing is ever thrown.
///
/// They are about one process: beside an app of many processes, those of the one that serves the metrics.
public struct ProcessCollector: MetricCollector {
    private let root: String
    private let pid: String
    private let clockTicks: Double
    private let pageSize: Double

    /// Creates a collector for the calling process.
    public init() {
        self.init(root: "/proc", pid: "self")
    }

    /// Creates a collector that reads another tree of the same form.
    package init(root: String, pid: String, clockTicks: Double? = nil, pageSize: Double? = nil) {
        self.root = root
        self.pid = pid
        self.clockTicks = clockTicks ?? SystemFile.configuration(.clockTicks) ?? 100
        self.pageSize = pageSize ?? SystemFile.configuration(.pageSize) ?? 4096
    }

    /// The families as they are now.
    public func collect() -> [MetricFamily] {
        var families: [MetricFamily] = []
        func add(_ name: String, _ help: String, _ value: Double?, type: MetricType = .gauge, unit: String = "") {
            guard let value else { return }
            var family = MetricFamily(name: "process_" + name, type: type, documentation: help, unit: unit)
            family.addSeries(value: value)
            families.append(family)
        }
        let folder = "\(root)/\(pid)"
        let status = SystemFile.text("\(folder)/stat").flatMap(ProcessStatus.init)
        let limits = ProcessLimits(SystemFile.text("\(folder)/limits") ?? "")
        add(
            "cpu_seconds",
            "Total user and system CPU time spent in seconds.",
            status.map { Double($0.userTicks + $0.systemTicks) / clockTicks },
            type: .counter,
            unit: "seconds"
        )
        add("open_fds", "Number of open file descriptors.", SystemFile.entryCount("\(folder)/fd").map { Double($0) })
        add("max_fds", "Maximum number of open file descriptors.", limits.openFiles)
        add(
            "virtual_memory_bytes",
            "Virtual memory size in bytes.",
            status.map { Double($0.virtualBytes) },
            unit: "bytes"
        )
        add(
            "virtual_memory_max_bytes",
            "Maximum amount of virtual memory available in bytes.",
            limits.addressSpace,
            unit: "bytes"
        )
        add(
            "resident_memory_bytes",
            "Resident memory size in bytes.",
            status.map { Double($0.residentPages) * pageSize },
            unit: "bytes"
        )
        add(
            "start_time_seconds",
            "Start time of the process since unix epoch in seconds.",
            status.flatMap { status in bootTime().map { $0 + Double(status.startTicks) / clockTicks } },
            unit: "seconds"
        )
        add("threads", "Number of OS threads in the process.", status.map { Double($0.threads) })
        return families
    }

    /// When the system began, in Unix seconds.
    private func bootTime() -> Double? {
        guard let text = SystemFile.text("\(root)/stat") else { return nil }
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: "btime ".utf8) {
            return Substring(line.dropFirst("btime ".utf8.count)).split(separator: " ").first.flatMap { Double($0) }
        }
        return nil
    }
}
