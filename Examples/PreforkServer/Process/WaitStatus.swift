/// How a process ended.
enum WaitStatus: Sendable, Hashable {
    /// It ended by itself with that code.
    case exited(Int32)
    /// A signal ended it.
    case signalled(Int32)
    /// It is gone, and nobody knows how.
    case unknown

    /// Reads what `waitpid` wrote; of a process that has ended, not one that was stopped.
    ///
    /// The macros of `wait(2)` are not there in Swift: the lower seven bits are the signal, 0 where there was none, and
    /// the exit code is the byte above. Bit 7 says that memory was dumped, which nobody here asks.
    init(_ status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }
}

extension WaitStatus: CustomStringConvertible {
    var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .signalled(let signal): "signal \(signal)"
        case .unknown: "unknown cause"
        }
    }

    /// Reads what ``description`` wrote.
    init?(description: String) {
        let words = description.split(separator: " ")
        switch (words.dropLast().joined(separator: " "), words.last.flatMap { Int32($0) }) {
        case ("exit code", let code?): self = .exited(code)
        case ("signal", let signal?): self = .signalled(signal)
        case ("unknown", nil): self = .unknown
        default: return nil
        }
    }
}
