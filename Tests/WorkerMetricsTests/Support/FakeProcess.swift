import Synchronization
import WorkerMetrics

/// A process whose figures a test makes up.
final class FakeProcess: ProcessReader {
    struct Figures: Sendable {
        var residentBytes: Result<UInt64, ProcessReadingError> = .success(0)
        var times: Result<ProcessTimes, ProcessReadingError> = .success(.start)
    }

    private let figures = Mutex(Figures())

    func set(_ change: (inout sending Figures) -> Void) {
        figures.withLock { change(&$0) }
    }

    /// Sets age and processor time, in seconds.
    func setTimes(age: Double, processor: Double) {
        set { $0.times = .success(ProcessTimes(age: .seconds(age), processorTime: .seconds(processor))) }
    }

    func residentBytes() throws(ProcessReadingError) -> UInt64 {
        try figures.withLock { $0.residentBytes }.get()
    }

    func times() throws(ProcessReadingError) -> ProcessTimes {
        try figures.withLock { $0.times }.get()
    }
}
