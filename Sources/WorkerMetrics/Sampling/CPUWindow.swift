/// Turns readings of processor time into percentages of one core.
///
/// Each percentage is the mean since the reading before; the first is the mean since the process started. A reading
/// that follows too soon gives none and leaves the window open, because a tick of the kernel's clock (10 ms) would
/// decide it.
package struct CPUWindow: Sendable {
    /// The shortest window that gives a percentage.
    package let minimum: Duration
    private var last = ProcessTimes.start

    package init(minimum: Duration) {
        self.minimum = minimum
    }

    /// How long it takes until a reading gives a percentage, where the process is as old as given; zero for "now".
    package func remaining(at age: Duration) -> Duration {
        // An age below the last one belongs to another process: a fork lies between the two readings.
        max(.zero, minimum - (age < last.age ? age : age - last.age))
    }

    /// The processor time since the last percentage, in percent of one core, or `nil` where the window is too short.
    package mutating func percent(at now: ProcessTimes) -> Double? {
        if now.age < last.age || now.processorTime < last.processorTime {
            last = .start
        }
        let window = now.age - last.age
        guard window >= minimum, window > .zero else { return nil }
        let percent = (now.processorTime - last.processorTime) / window * 100
        last = now
        return percent
    }
}
