import ArgumentParser

/// A time on the command line, in seconds and fractions of one.
struct Seconds: ExpressibleByArgument, Sendable, Hashable {
    /// The time.
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    /// Reads a number above zero; a day is more than anything here needs.
    init?(argument: String) {
        guard let value = Double(argument), value > 0, value <= 86_400 else { return nil }
        duration = .seconds(value)
    }

    /// The number of seconds, as it is read.
    var defaultValueDescription: String { argument }

    /// The text that reads as this time.
    var argument: String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }
}
