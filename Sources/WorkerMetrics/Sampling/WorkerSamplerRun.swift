import Logging
import MetricsRuntime

/// One run of a ``WorkerSampler``: what is due when, and what was read last.
///
/// Time is given to it as the time since the run began, so that it needs no clock. It keeps no children of the gauges:
/// a series exists from its first sample on, and never shows a 0 that nobody measured.
struct WorkerSamplerRun {
    private let reader: any ProcessReader
    private let logger: Logger
    private let intervals: WorkerSamplingIntervals
    private let workerID: String

    private var window: CPUWindow
    private var nextMemory = Duration.zero
    private var nextCPU = Duration.zero
    private var reported: Set<ProcessReadingError> = []

    init(workerID: String, intervals: WorkerSamplingIntervals, reader: any ProcessReader, logger: Logger) {
        self.reader = reader
        self.logger = logger
        self.intervals = intervals
        self.workerID = workerID
        self.window = CPUWindow(minimum: min(.seconds(1), intervals.cpu))
    }

    /// Takes what is due and answers when the next sample is.
    mutating func sample(at now: Duration) -> Duration {
        if now >= nextMemory {
            sampleMemory()
            nextMemory = Self.following(nextMemory, by: intervals.memory, after: now)
        }
        if now >= nextCPU {
            nextCPU = sampleCPU(at: now) ?? Self.following(nextCPU, by: intervals.cpu, after: now)
        }
        return min(nextMemory, nextCPU)
    }

    /// Removes what was sampled: nobody keeps it fresh any more.
    func end() {
        WorkerMemory.remove(workerID: workerID)
        WorkerCPU.remove(workerID: workerID)
        WorkerUptime.remove(workerID: workerID)
    }

    private mutating func sampleMemory() {
        do {
            WorkerMemory.set(Double(try reader.residentBytes()), workerID: workerID)
            WorkerUptime.set(try reader.times().age / .seconds(1), workerID: workerID)
            reported.removeAll()
        } catch {
            report(error)
        }
    }

    /// Takes the processor usage; answers another time for it where the window is still too short.
    private mutating func sampleCPU(at now: Duration) -> Duration? {
        do {
            let times = try reader.times()
            WorkerUptime.set(times.age / .seconds(1), workerID: workerID)
            guard let percent = window.percent(at: times) else { return now + window.remaining(at: times.age) }
            WorkerCPU.set(percent, workerID: workerID)
        } catch {
            report(error)
        }
        return nil
    }

    private mutating func report(_ error: ProcessReadingError) {
        guard reported.insert(error).inserted else { return }
        logger.warning("cannot sample this worker", metadata: ["error": "\(error)"])
    }

    /// The first time after now that lies a whole number of intervals behind `due`: missed samples are not made up for.
    private static func following(_ due: Duration, by interval: Duration, after now: Duration) -> Duration {
        let next = due + interval
        guard next <= now else { return next }
        let missed = ((now - due) / interval).rounded(.down)
        return due + interval * missed + interval
    }
}
