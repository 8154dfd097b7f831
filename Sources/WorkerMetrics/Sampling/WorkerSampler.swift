public import Logging
import MetricsRuntime

#if Server
    public import ServiceLifecycle
#endif

/// Keeps the gauges of a worker's own memory, processor usage and uptime fresh.
///
/// The figures are those of the process that runs the sampler, read at the moment of the sample, also where the sampler
/// was made before a fork: memory every 30 seconds, processor usage every 10, and the uptime with each.
///
/// ```swift
/// let sampling = Task { await WorkerSampler(workerID: "worker_1").run() }
/// …
/// sampling.cancel()
/// ```
///
/// With the trait `Server` it is a `Service`, which a `ServiceGroup` runs and ends:
///
/// ```swift
/// let group = ServiceGroup(services: [server, WorkerSampler(workerID: "worker_1")], logger: logger)
/// ```
///
/// When it ends it takes the gauges with it: a process that has gone holds no memory.
///
/// A figure that cannot be read keeps its last value, is logged once until it can be read again, and never ends the
/// sampler.
public struct WorkerSampler: Sendable {
    /// The value of the label `worker_id`.
    public let workerID: String
    /// How often the figures are taken.
    public let intervals: WorkerSamplingIntervals

    private let reader: any ProcessReader
    private let logger: Logger

    /// Creates a sampler; nothing is read and no series exists before ``run()``.
    ///
    /// - Parameters:
    ///   - workerID: The value of the label `worker_id`.
    ///   - intervals: How often the figures are taken.
    ///   - logger: Where a figure that cannot be read is reported.
    public init(
        workerID: String,
        intervals: WorkerSamplingIntervals = WorkerSamplingIntervals(),
        logger: Logger = Logger(label: "worker-metrics")
    ) {
        self.init(workerID: workerID, intervals: intervals, logger: logger, reader: PlatformProcessReader())
    }

    package init(
        workerID: String,
        intervals: WorkerSamplingIntervals,
        logger: Logger,
        reader: any ProcessReader
    ) {
        self.workerID = workerID
        self.intervals = intervals
        self.logger = logger
        self.reader = reader
    }

    /// Samples until the task is cancelled or its service group shuts down gracefully.
    ///
    /// Memory and uptime are taken at once. Processor usage is first taken when the process is a second old, over its
    /// whole life until then, and after that over the time since the sample before: it is never taken over a window so
    /// short that a single tick of the system's clock would decide it.
    public func run() async {
        #if Server
            await cancelWhenGracefulShutdown { await run(clock: ContinuousClock()) }
        #else
            await run(clock: ContinuousClock())
        #endif
    }

    package func run<C: Clock>(clock: C) async where C.Duration == Duration {
        var run = WorkerSamplerRun(workerID: workerID, intervals: intervals, reader: reader, logger: logger)
        let start = clock.now
        while !Task.isCancelled {
            let next = run.sample(at: start.duration(to: clock.now))
            do {
                try await clock.sleep(until: start.advanced(by: next), tolerance: nil)
            } catch {
                break
            }
        }
        run.end()
    }
}

#if Server
    extension WorkerSampler: Service {}
#endif
