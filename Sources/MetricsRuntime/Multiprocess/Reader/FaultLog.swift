/// The faults of one collector: how many of each ever, and what the last scrape met.
struct FaultLog {
    /// More reports than this say nothing new; counts go on.
    static let reportLimit = 100

    /// How often each fault was met since the collector was made.
    private(set) var totals: [MultiprocessFault: Int] = [:]
    /// What the last scrape met, in the order of files.
    private(set) var reports: [MultiprocessFaultReport] = []

    mutating func beginScrape() {
        reports.removeAll(keepingCapacity: true)
    }

    mutating func record(
        _ fault: MultiprocessFault,
        file: @autoclosure () -> String,
        offset: Int? = nil,
        detail: @autoclosure () -> String = ""
    ) {
        totals[fault, default: 0] += 1
        guard reports.count < Self.reportLimit else { return }
        reports.append(MultiprocessFaultReport(fault: fault, file: file(), offset: offset, detail: detail()))
    }
}
