/// How often a worker samples itself.
public struct WorkerSamplingIntervals: Sendable, Hashable {
    /// The time between two samples of memory; 30 seconds where nothing else is said.
    public var memory: Duration
    /// The time between two samples of processor usage; 10 seconds where nothing else is said.
    public var cpu: Duration

    /// The shortest interval; anything below is taken for it.
    public static let shortest = Duration.milliseconds(10)

    /// Creates intervals; ones below ``shortest`` become ``shortest``.
    public init(memory: Duration = .seconds(30), cpu: Duration = .seconds(10)) {
        self.memory = max(memory, Self.shortest)
        self.cpu = max(cpu, Self.shortest)
    }
}
