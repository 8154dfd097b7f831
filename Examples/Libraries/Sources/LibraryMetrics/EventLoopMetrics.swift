import Metrics
import NIOCore
import NIOPosix

/// What the event loops of SwiftNIO do with their time.
///
/// Give it to `MultiThreadedEventLoopGroup(numberOfThreads:metricsDelegate:)`. It is called on the loops, after each round of
/// work; so its metrics are made once, and recording is a few atomic operations.
public struct EventLoopMetrics: NIOEventLoopMetricsDelegate {
    private let ticks = Timer(label: "nio.event_loop.tick")
    private let tasks = Counter(label: "nio.event_loop.tasks")
    private let sleep = FloatingPointCounter(label: "nio.event_loop.sleep_seconds")

    /// Makes the metrics.
    public init() {}

    /// Records a round of an event loop's work.
    public func processedTick(info: NIOEventLoopTickInfo) {
        ticks.recordNanoseconds((info.endTime - info.startTime).nanoseconds)
        tasks.increment(by: info.numberOfTasks)
        sleep.increment(by: Double(info.sleepTime.nanoseconds) / 1e9)
    }
}
