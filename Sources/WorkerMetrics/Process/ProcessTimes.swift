/// How long a process lives and how much processor time it took, read at one moment.
package struct ProcessTimes: Sendable, Hashable {
    /// The time since the process started.
    ///
    /// Time in which the machine was suspended counts.
    package var age: Duration
    /// User and system time of all threads together, ended ones included.
    package var processorTime: Duration

    /// What every process begins with.
    package static let start = ProcessTimes(age: .zero, processorTime: .zero)

    package init(age: Duration, processorTime: Duration) {
        self.age = age
        self.processorTime = processorTime
    }
}
