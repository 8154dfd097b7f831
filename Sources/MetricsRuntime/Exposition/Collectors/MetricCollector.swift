/// Something that is measured when somebody asks: at each scrape, not before.
///
/// Use it for values that exist elsewhere already, such as the depth of a queue or numbers of another library. What an app
/// counts itself belongs into generated metrics, whose updates cost nanoseconds.
///
/// ```swift
/// struct QueueCollector: MetricCollector {
///     let queue: Queue
///
///     func collect() async -> [MetricFamily] {
///         var depth = MetricFamily(name: "queue_depth", type: .gauge, documentation: "Jobs that wait")
///         depth.addSeries(labels: [("queue", queue.name)], value: Double(queue.count))
///         return [depth]
///     }
/// }
/// ```
///
/// A collector may be called by several tasks at once and may block. Make new families at each call.
public protocol MetricCollector: Sendable {
    /// The families as they are now.
    ///
    /// - Throws: Whatever keeps the collector from knowing. What becomes of the scrape is the endpoint's policy.
    func collect() async throws -> [MetricFamily]
}
