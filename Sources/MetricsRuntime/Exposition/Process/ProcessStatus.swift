/// What `/proc/<pid>/stat` says, as far as metrics need it.
struct ProcessStatus {
    /// What the process does: `R` and so on; `Z` where it has ended and its parent has not waited for it.
    let state: Substring
    let userTicks: UInt64
    let systemTicks: UInt64
    let threads: UInt64
    /// Clock ticks from the system's start to the process'.
    let startTicks: UInt64
    let virtualBytes: UInt64
    let residentPages: UInt64

    /// Reads the file's text; `nil` where it is not what the kernel writes.
    ///
    /// The program's name stands in parentheses and may hold blanks and parentheses itself, so fields are counted from the
    /// last one.
    init?(_ text: String) {
        guard let end = text.utf8.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[text.utf8.index(after: end)...].split { $0 == " " || $0 == "\n" }
        /// By the numbers of proc(5); the first field behind the name is 3.
        func field(_ number: Int) -> UInt64? {
            fields.indices.contains(number - 3) ? UInt64(fields[number - 3]) : nil
        }
        guard let state = fields.first,
            let user = field(14), let system = field(15), let threads = field(20), let start = field(22),
            let virtual = field(23), let resident = field(24)
        else { return nil }
        self.state = state
        userTicks = user
        systemTicks = system
        self.threads = threads
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }

    /// Whether all of it has ended. A process whose first thread has ended looks like one of those while others run.
    var hasEnded: Bool { (state == "Z" || state == "X") && threads <= 1 }
}

/// What `/proc/<pid>/limits` says: soft limits, `nil` for "unlimited" or where the file does not say.
struct ProcessLimits {
    let openFiles: Double?
    let addressSpace: Double?

    init(_ text: String) {
        var limits: [String: Double] = [:]
        for line in text.split(separator: "\n") {
            for name in ["Max open files", "Max address space"] where line.hasPrefix(name) {
                let soft = line.dropFirst(name.count).split(separator: " ").first
                limits[name] = soft.flatMap { UInt64($0) }.map { Double($0) }
            }
        }
        openFiles = limits["Max open files"]
        addressSpace = limits["Max address space"]
    }
}
